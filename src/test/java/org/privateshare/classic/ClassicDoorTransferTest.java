package org.privateshare.classic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.net.Deadlines;
import org.privateshare.net.RawPeer;
import org.privateshare.share.Limits;

/// Files and lists over the wire, with every way in which a client may behave.
@Timeout(120)
final class ClassicDoorTransferTest {
  @TempDir private Path share;
  private DoorFixture door;

  @BeforeEach
  void open() throws IOException {
    door = DoorFixture.over(share);
  }

  @AfterEach
  void close() throws IOException {
    door.close();
  }

  private void reopen(ClassicOptions options, Limits limits, Deadlines deadlines)
      throws IOException {
    door.close();
    door = DoorFixture.over(share, options, limits, deadlines);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, 40_000_000})
  void aPutThatEndsByTheEndOfTheStreamIsThereWhenTheServerHasClosed(int size) throws Exception {
    byte[] bytes = random(size);
    try (RawPeer client = door.connect()) {
      assertThat(client.send("put,new.bin").readOnce()).isEqualTo("pass");
      assertThat(client.send(bytes).fin().readAll()).isEmpty();
    }
    assertThat(share.resolve("new.bin")).hasBinaryContent(bytes);
    assertThat(door.isStagingEmpty()).isTrue();
  }

  @Test
  void aRequestMayComeByteByByte() throws Exception {
    try (RawPeer client = door.connect()) {
      for (char letter : "put,äpfel.jpg".toCharArray()) {
        for (byte part : String.valueOf(letter).getBytes(UTF_8)) {
          client.tell(new byte[] {part});
        }
      }
      assertThat(client.readOnce()).isEqualTo("pass");
      assertThat(client.send("x").fin().readAll()).isEmpty();
    }
    assertThat(share.resolve("äpfel.jpg")).hasContent("x");
  }

  @Test
  void aNameOfTwentyEightBytesFillsTheRequest() throws Exception {
    String name = "äöü-" + "n".repeat(21);
    assertThat(name.getBytes(UTF_8)).hasSize(28);
    try (RawPeer client = door.connect()) {
      assertThat(client.send("put," + name).readOnce()).isEqualTo("pass");
      assertThat(client.send("x").fin().readAll()).isEmpty();
    }
    assertThat(share.resolve(name)).hasContent("x");
  }

  @Test
  void aPutThatIsResetLeavesNothing() throws Exception {
    try (RawPeer client = door.connect()) {
      assertThat(client.send("put,new").readOnce()).isEqualTo("pass");
      client.send(random(1_000_000)).reset();
    }
    awaitEmptyStaging();
    assertThat(share.resolve("new")).doesNotExist();
  }

  @Test
  void aPutWhoseClientEndedBeforeThePassIsRefused() throws Exception {
    try (RawPeer client = door.connect()) {
      assertThat(client.send("put,new").fin().readAll()).asString().isEqualTo("cancel");
    }
    assertThat(share.resolve("new")).doesNotExist();
  }

  @Test
  void aPutThatIsTooLargeIsResetAndLeavesNothing() throws Exception {
    reopen(DoorFixture.OPTIONS, new Limits(1_000, 0, false), Deadlines.DEFAULT);
    try (RawPeer client = door.connect()) {
      assertThat(client.send("put,new").readOnce()).isEqualTo("pass");
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> client.send(random(1_001)).fin().readAll());
    }
    awaitEmptyStaging();
    assertThat(share.resolve("new")).doesNotExist();
  }

  @Test
  void aPutThatLosesTheRaceForItsNameIsReset() throws Exception {
    try (RawPeer client = door.connect();
        RawPeer winner = door.connect()) {
      assertThat(client.send("put,new").readOnce()).isEqualTo("pass");
      assertThat(winner.send("put,new").readOnce()).isEqualTo("pass");
      assertThat(winner.send("first").fin().readAll()).isEmpty();
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> client.send("second").fin().readAll());
    }
    awaitEmptyStaging();
    assertThat(share.resolve("new")).hasContent("first");
  }

  @Test
  void aReadOnlyDoorRefusesPutAndServesGet() throws Exception {
    store("a", "the file a".getBytes(UTF_8));
    reopen(ClassicOptions.of(Callers.LOOPBACK, true), Limits.DEFAULT, Deadlines.DEFAULT);
    try (RawPeer client = door.connect()) {
      assertThat(client.send("put,new").readAll()).asString().isEqualTo("cancel");
    }
    assertThat(get("a")).asString().isEqualTo("passthe file a");
  }

  @Test
  void aSwitchedOffDoorSaysNothing() throws Exception {
    reopen(ClassicOptions.of(Callers.OFF, false), Limits.DEFAULT, Deadlines.DEFAULT);
    try (RawPeer client = door.connect()) {
      assertThat(client.send("list").readAll()).isEmpty();
    }
  }

  @Test
  void theCodeComesAloneForAClientThatHasNotEnded() throws Exception {
    store("a", "the file a".getBytes(UTF_8));
    try (RawPeer client = door.connect()) {
      assertThat(client.send("get,a").readOnce()).isEqualTo("pass");
      assertThat(client.readAll()).asString().isEqualTo("the file a");
    }
  }

  @Test
  void aFileIsSentToAClientThatHasEnded() throws Exception {
    byte[] bytes = random(40_000_000);
    store("big", bytes);
    byte[] reply = get("big");
    assertThat(Arrays.copyOf(reply, 4)).asString().isEqualTo("pass");
    assertThat(Arrays.copyOfRange(reply, 4, reply.length)).isEqualTo(bytes);
  }

  @Test
  void aFewBytesBehindAGetMeanNothing() throws Exception {
    store("a", "the file a".getBytes(UTF_8));
    try (RawPeer client = door.connect()) {
      assertThat(client.send("get,a").readOnce()).isEqualTo("pass");
      assertThat(client.send("x".repeat(32)).readAll()).asString().isEqualTo("the file a");
    }
  }

  @Test
  void manyBytesBehindAGetAreAReset() throws Exception {
    store("a", random(100_000));
    try (RawPeer client = door.connect()) {
      assertThat(client.send("get,a").readOnce()).isEqualTo("pass");
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(
              () -> {
                client.tell("x".repeat(33));
                byte[] rest = client.readAll();
                // The file was faster: then the reset comes behind it.
                assertThat(rest).hasSize(100_000);
                client.send("y").tell("y");
                client.readAll();
              });
    }
  }

  @Test
  void aFileThatIsCutWhileItIsSentEndsInAReset() throws Exception {
    Path file = write("big", random(16 << 20));
    try (RawPeer client = RawPeer.narrow(door.port())) {
      assertThat(client.send("get,big").fin().read(4)).isEqualTo("pass");
      try (FileChannel cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
        assertThat(cut.truncate(8 << 20).size()).isEqualTo(8 << 20);
      }
      assertThatExceptionOfType(SocketException.class).isThrownBy(client::readAll);
    }
  }

  @Test
  void aFileThatGrowsWhileItIsSentEndsWhereItEndedAtFirst() throws Exception {
    byte[] bytes = random(8 << 20);
    Path file = write("big", bytes);
    try (RawPeer client = RawPeer.narrow(door.port())) {
      assertThat(client.send("get,big").fin().read(4)).isEqualTo("pass");
      Files.write(file, random(1_000), StandardOpenOption.APPEND);
      assertThat(client.readAll()).isEqualTo(bytes);
    }
  }

  @Test
  void aListHasTheNamesThatARequestCanSay() throws Exception {
    for (String name :
        new String[] {
          "a", "äöü.txt", "b,c", "d, e", "new\nline", "esc\u001b[2J", ".hidden", "29-".repeat(10)
        }) {
      store(name, new byte[0]);
    }
    assertThat(Files.createDirectory(share.resolve("folder"))).exists();
    try (RawPeer client = door.connect()) {
      assertThat(new String(client.send("list").readAll(), UTF_8).split("(?<=, )"))
          .containsExactlyInAnyOrder("a, ", "äöü.txt, ");
    }
  }

  @Test
  void anEmptyFolderIsAnEmptyReply() throws Exception {
    try (RawPeer client = door.connect()) {
      assertThat(client.send("list").readAll()).isEmpty();
    }
  }

  @Test
  void aFileThatNobodyReadsIsReset() throws Exception {
    try (RandomAccessFile sparse = new RandomAccessFile(share.resolve("big").toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
    Deadlines hasty = new Deadlines(Duration.ofSeconds(10), Duration.ofMillis(200), 1024);
    reopen(DoorFixture.OPTIONS, Limits.DEFAULT, hasty);
    try (RawPeer client = RawPeer.narrow(door.port())) {
      assertThat(client.send("get,big").readOnce()).isEqualTo("pass");
      door.awaitNoConnection();
      assertThatExceptionOfType(SocketException.class).isThrownBy(client::readAll);
    }
  }

  private byte[] get(String name) throws IOException {
    try (RawPeer client = door.connect()) {
      return client.send("get," + name).fin().readAll();
    }
  }

  private void store(String name, byte[] bytes) throws IOException {
    assertThat(write(name, bytes)).exists();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(share.resolve(name), bytes);
  }

  private void awaitEmptyStaging() throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!door.isStagingEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(door.isStagingEmpty()).isTrue();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
