package org.privateshare.classic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.net.RawPeer;

/// The client against servers that say what they like.
@Timeout(60)
final class ClassicClientTest {
  private static final ClassicClient.Deadlines DEADLINES =
      new ClassicClient.Deadlines(
          Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));

  @TempDir private Path temp;
  private ServerSocket server;
  private CompletableFuture<Void> served = CompletableFuture.completedFuture(null);

  private interface Script {
    void play(RawPeer client) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    served.get(20, TimeUnit.SECONDS);
  }

  /// A client whose server plays the script for one connection.
  private ClassicClient against(Script script) {
    return against(script, DEADLINES);
  }

  private ClassicClient against(Script script, ClassicClient.Deadlines deadlines) {
    served =
        CompletableFuture.runAsync(
            () -> {
              try (RawPeer client = RawPeer.over(server.accept())) {
                script.play(client);
              } catch (IOException e) {
                throw new IllegalStateException("the script failed", e);
              }
            });
    return new ClassicClient("127.0.0.1", server.getLocalPort(), deadlines);
  }

  @Test
  void itTalksToOurOwnDoor() throws Exception {
    try (DoorFixture door = DoorFixture.over(Files.createDirectory(temp.resolve("share")))) {
      ClassicClient client = new ClassicClient("localhost", door.port(), DEADLINES);
      SharePath name = SharePath.parse("äpfel.jpg");
      assertThat(names(client)).isEmpty();
      put(client, name, "the file".repeat(100_000));
      assertThat(names(client)).containsExactly(name);
      assertThat(get(client, name)).isEqualTo("the file".repeat(100_000));
      assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(() -> put(client, name, "x"));
      assertThatExceptionOfType(Refusal.Missing.class)
          .isThrownBy(() -> get(client, SharePath.parse("other")));
    }
  }

  @Test
  void passAndTheFileMayComeInOnePiece() throws Exception {
    assertThat(getFrom(client -> client.tell("passthe file"))).isEqualTo("the file");
  }

  @Test
  void anAnswerMayComeByteByByte() throws Exception {
    assertThat(getFrom(client -> client.send("p").send("a").send("s").tell("sp"))).isEqualTo("p");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "can|cel", "c|a|n|c|e|l", "cancel and more of that"})
  void aCancelledGetIsMissing(String pieces) {
    assertThatExceptionOfType(Refusal.Missing.class)
        .isThrownBy(() -> getFrom(client -> sendPieces(client, pieces)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pas",
        "PASS",
        "canc",
        "cancer",
        "cance",
        "no no no",
        "HTTP/1.1 400 Bad Request",
        "\u0000\u0000\u0000\u0000",
        "0123456789012345678901234567890123456789"
      })
  void anyOtherAnswerIsAFailure(String answer) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> getFrom(client -> client.tell(answer)));
  }

  @Test
  void aGetThatIsResetIsAFailure() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                getFrom(
                    client -> {
                      client.tell("passhalf a f");
                      client.reset();
                    }));
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() {
    ClassicClient.Deadlines hasty =
        new ClassicClient.Deadlines(
            Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofMillis(50));
    CountDownLatch givenUp = new CountDownLatch(1);
    ClassicClient client = against(peer -> await(givenUp), hasty);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> get(client, SharePath.parse("a")))
        .withMessageContaining("no progress");
    givenUp.countDown();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("nobody interrupts the script");
    }
  }

  @Test
  void aListIsTakenApartInWhateverPiecesItComes() throws Exception {
    ClassicClient client =
        against(peer -> sendPieces(peer, "a|,| b, \u00e4|pfel.jpg, c,d, |e f, "));
    assertThat(names(client))
        .extracting(SharePath::toString)
        .containsExactly("a", "b", "äpfel.jpg", "c,d", "e f");
  }

  @Test
  void hostileNamesAreLeftOutAndCounted() throws Exception {
    String hostile = "good, ../../.bashrc, /etc/passwd, .hidden, a/b, a\\b, x\u001b[2J, , fine, ";
    List<SharePath> names = new ArrayList<>();
    ClassicClient client = against(peer -> peer.send(hostile).tell(new byte[] {-1, ',', ' '}));
    assertThat(client.list(names::add)).isEqualTo(8);
    assertThat(names).extracting(SharePath::toString).containsExactly("good", "fine");
  }

  @Test
  void aListThatBreaksOffIsAFailure() {
    ClassicClient client = against(peer -> peer.tell("a, b, cc"));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> names(client));
  }

  @Test
  void aNameWithoutAnEndIsAFailure() {
    ClassicClient client = against(ClassicClientTest::sendForEver);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> names(client))
        .withMessageContaining("without an end");
  }

  private static void sendForEver(RawPeer client) {
    try {
      while (true) {
        client.tell("x".repeat(1_000));
      }
    } catch (IOException gone) {
      assertThat(gone).hasMessageNotContaining("timed out");
    }
  }

  @Test
  void aPutEndsWhenTheServerHasClosed() throws Exception {
    StringBuilder got = new StringBuilder();
    ClassicClient client =
        against(
            peer -> {
              got.append(peer.read(5));
              peer.tell("pass");
              got.append(new String(peer.readAll(), UTF_8));
            });
    put(client, SharePath.parse("a"), " the file");
    assertThat(got).hasToString("put,a the file");
  }

  @Test
  void aPutToAServerThatResetsIsAFailure() {
    ClassicClient client =
        against(
            peer -> {
              peer.skip(5);
              peer.send("pass").skip(1_000);
              peer.reset();
            });
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> put(client, SharePath.parse("a"), "x".repeat(10_000_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"passX", "pass and so on, for forty bytes, all in all"})
  void moreThanPassToAPutIsAFailure(String answer) {
    ClassicClient client =
        against(
            peer -> {
              assertThat(peer.read(5)).isEqualTo("put,a");
              peer.tell(answer);
              assertThatExceptionOfType(IOException.class).isThrownBy(peer::readAll);
            });
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> put(client, SharePath.parse("a"), "x"));
  }

  @Test
  void aPutWhoseServerClosesTooEarlyIsAFailure() {
    ClassicClient client =
        against(
            peer -> {
              assertThat(peer.read(5)).isEqualTo("put,a");
              peer.send("pass").end();
              assertThatExceptionOfType(IOException.class).isThrownBy(peer::readAll);
            });
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> put(client, SharePath.parse("a"), "x".repeat(10_000_000)));
  }

  @Test
  void aPutThatFailsHalfWayIsResetAndNotEnded() throws Exception {
    ClassicClient client =
        against(
            peer -> {
              assertThat(peer.read(5)).isEqualTo("put,a");
              peer.tell("pass");
              assertThatExceptionOfType(IOException.class).isThrownBy(peer::readAll);
            });
    Path file = Files.writeString(temp.resolve("file"), "x".repeat(10_000_000));
    try (FileChannel bytes = FileChannel.open(file)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  client.put(
                      SharePath.parse("a"),
                      bytes,
                      sent -> {
                        throw new IllegalStateException("the user had enough");
                      }));
    }
  }

  @Test
  void aHostThatNobodyAnswersAtIsAClearFailure() throws Exception {
    int port = server.getLocalPort();
    server.close();
    ClassicClient client = new ClassicClient("127.0.0.1", port, DEADLINES);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> names(client))
        .withMessageStartingWith("cannot connect to 127.0.0.1 port " + port + ": ");
  }

  private String getFrom(Script script) throws Exception {
    return get(
        against(
            client -> {
              assertThat(client.readAll()).asString().isEqualTo("get,a");
              script.play(client);
            }),
        SharePath.parse("a"));
  }

  private static void sendPieces(RawPeer client, String pieces) throws IOException {
    for (String piece : pieces.split("\\|", -1)) {
      client.tell(piece);
    }
  }

  private static List<SharePath> names(ClassicClient client) throws IOException {
    List<SharePath> names = new ArrayList<>();
    assertThat(client.list(names::add)).isZero();
    return names;
  }

  private static String get(ClassicClient client, SharePath name) throws Exception {
    try (ReadableByteChannel file = client.get(name)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ByteBuffer piece = ByteBuffer.allocate(1_000);
      while (file.read(piece.clear()) >= 0) {
        bytes.write(piece.array(), 0, piece.position());
      }
      return bytes.toString(UTF_8);
    }
  }

  private void put(ClassicClient client, SharePath name, String content) throws Exception {
    Path file = Files.writeString(temp.resolve("local"), content);
    try (FileChannel bytes = FileChannel.open(file)) {
      client.put(name, bytes, sent -> assertThat(sent).isPositive());
    }
  }
}
