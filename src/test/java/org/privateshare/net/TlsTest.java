package org.privateshare.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Fingerprint;

@Timeout(120)
final class TlsTest extends HttpFixture {
  private static final String GET = "GET /1000 HTTP/1.1\r\nHost: localhost\r\n\r\n";

  /// Both providers, tuned and as Jetty does it.
  static Stream<TlsOptions> ways() {
    return Stream.of(TlsProvider.values())
        .filter(provider -> provider.context().isPresent())
        .flatMap(
            provider -> Stream.of(new TlsOptions(provider, true), new TlsOptions(provider, false)));
  }

  @Test
  void conscryptIsTheDefaultWhereItsLibraryLoads() {
    assertThat(TlsProvider.CONSCRYPT.context()).isPresent();
    assertThat(TlsOptions.best()).isEqualTo(new TlsOptions(TlsProvider.CONSCRYPT, true));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void bytesGoDownAndUpWholeOverBothVersionsOfHttp(TlsOptions tls) throws Exception {
    start(OPTIONS, tls);
    long size = 5_000_003;
    byte[] expected = new byte[(int) size];
    fill(expected, 0);
    for (String version : new String[] {"--http1.1", "--http2"}) {
      Path got = folder.resolve("got" + version);
      Tool down = curl(version, "-o", got.toString(), url("/" + size));
      assertThat(down.exit()).as(down.output()).isZero();
      assertThat(Files.readAllBytes(got)).isEqualTo(expected);
      assertThat(seen.take()).isEqualTo(version.equals("--http2") ? "HTTP/2.0+" : "HTTP/1.1+");
      Tool up = curl(version, "-T", got.toString(), url("/count"));
      assertThat(up.output()).isEqualTo(size + "\n");
      assertThat(seen.take()).isEqualTo("body of " + size);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void onlyModernVersionsAndSuitesAreSpoken(TlsOptions tls) throws Exception {
    start(OPTIONS, tls);
    assertThat(openssl("-tls1_3").output()).contains("TLSv1.3").contains("_GCM_");
    assertThat(openssl("-tls1_2").output())
        .contains("TLSv1.2")
        .contains("ECDHE-ECDSA-AES128-GCM-SHA256");
    assertThat(openssl("-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305").exit()).isZero();
    for (String old : new String[] {"-tls1_1", "-tls1"}) {
      Tool refused = openssl(old, "-cipher", "ALL:@SECLEVEL=0");
      assertThat(refused.exit()).isNotZero();
      assertThat(refused.output()).contains("alert");
    }
    for (String suite : new String[] {"ECDHE-ECDSA-AES128-SHA256", "AES128-GCM-SHA256"}) {
      Tool refused = openssl("-tls1_2", "-cipher", suite);
      assertThat(refused.exit()).as(suite).isNotZero();
      assertThat(refused.output()).contains("handshake failure");
    }
  }

  @Test
  void aPinnedKeyIsAcceptedAndAnotherIsNot() throws Exception {
    start(OPTIONS, TlsOptions.best());
    assertThat(curl(url("/3")).exit()).isZero();
    Fingerprint other = Identity.kept(folder.resolve("other")).fingerprint();
    Tool refused = curlPinned(other.toString(), url("/3"));
    assertThat(refused.exit()).isEqualTo(90);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everythingMayComeByteByByte(TlsOptions tls) throws Exception {
    start(OPTIONS, tls);
    TlsRelay.Pieces bytes =
        (all, count, to) -> {
          for (int i = 0; i < count; i++) {
            to.write(all, i, 1);
          }
        };
    try (TlsRelay relay = new TlsRelay(listener.port(), bytes);
        SSLSocket socket = secure(relay.port())) {
      socket.getOutputStream().write(GET.getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(15), US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void theFirstRecordMayBeSplitAtAnyByte() throws Exception {
    start(OPTIONS, TlsOptions.best());
    for (int at = 1; at < 300; at += at < 12 ? 1 : 37) {
      int split = at;
      TlsRelay.Pieces twoPieces =
          (all, count, to) -> {
            int first = Math.min(split, count);
            to.write(all, 0, first);
            to.write(all, first, count - first);
          };
      try (TlsRelay relay = new TlsRelay(listener.port(), twoPieces);
          SSLSocket socket = secure(relay.port())) {
        socket.startHandshake();
      }
    }
  }

  @Test
  void aHelloInHundredPartsWorks() throws Exception {
    start(OPTIONS, TlsOptions.best());
    TlsRelay.Pieces hundred =
        (all, count, to) -> {
          int part = Math.max(1, count / 100);
          for (int i = 0; i < count; i += part) {
            to.write(all, i, Math.min(part, count - i));
          }
        };
    try (TlsRelay relay = new TlsRelay(listener.port(), hundred);
        SSLSocket socket = secure(relay.port())) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0016",
        "\u0016\u0003\u0001\u0002\u0000\u0001",
        "\u0016\u0003\u0001\u0000\u0000"
      })
  void aHandshakeThatDoesNotEndIsBroken(String beginning) throws Exception {
    Deadlines hasty = new Deadlines(Duration.ofMillis(200), Duration.ofSeconds(60), 1024);
    start(OPTIONS.withDeadlines(hasty), TlsOptions.best());
    try (RawPeer peer = connect()) {
      assertThat(endsWithoutData(peer.send(beginning))).isTrue();
    }
  }

  private static boolean endsWithoutData(RawPeer peer) throws IOException {
    try {
      byte[] answer = peer.readAll();
      // An alert is all that may come.
      return answer.length == 0 || answer[0] == 0x15;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void aStreamThatIsCutIsABrokenBody() throws Exception {
    start(OPTIONS, TlsOptions.best());
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        SSLSocket socket = secure(plain)) {
      String put =
          "PUT /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
      socket.getOutputStream().write(put.getBytes(US_ASCII));
      // A FIN without a last chunk and without the close_notify of TLS.
      plain.shutdownOutput();
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("broken body");
    }
  }

  @Test
  void theClassicProtocolInsideTlsIsClosed() throws Exception {
    start(OPTIONS, TlsOptions.best());
    try (SSLSocket socket = secure(listener.port())) {
      socket.getOutputStream().write("list\n".getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Jetty");
    }
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void changedFilesAreShownToNewConnectionsAndBrokenOnesAreNot(TlsOptions tls) throws Exception {
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    IdentityTest.make(chain, key, "rsa", "-pkeyopt", "rsa_keygen_bits:2048");
    useIdentity(Identity.ofFiles(chain, key));
    start(OPTIONS, tls);
    assertThat(shown()).isEqualTo(identity().fingerprint());
    Fingerprint old = identity().fingerprint();

    Path newChain = folder.resolve("new-chain.pem");
    Path newKey = folder.resolve("new-key.pem");
    IdentityTest.make(newChain, newKey, "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    Files.move(newChain, chain, StandardCopyOption.REPLACE_EXISTING);
    // The key of the old certificate beside the new one: the old pair stays.
    for (int i = 0; i < 3; i++) {
      assertThat(shown()).isEqualTo(old);
    }
    Files.move(newKey, key, StandardCopyOption.REPLACE_EXISTING);
    Fingerprint fresh = Identity.ofFiles(chain, key).fingerprint();
    while (!shown().equals(fresh)) {
      assertThat(shown()).isIn(old, fresh);
    }
    Files.delete(key);
    assertThat(shown()).isEqualTo(fresh);
  }

  private Fingerprint shown() throws Exception {
    try (SSLSocket socket = secure(listener.port())) {
      socket.startHandshake();
      Certificate[] chain = socket.getSession().getPeerCertificates();
      return Fingerprint.of(chain[0].getPublicKey());
    }
  }

  /// A record of TLS in hexadecimal, so often.
  private static byte[] records(String hex, int times) {
    return HexFormat.of().parseHex(hex.repeat(times));
  }

  @ParameterizedTest
  @CsvSource({
    // A ClientHello of SSL 3.0 that offers an old suite.
    "160300002d01000029030000000000000000000000000000000000000000000000000000"
        + "00000000000000000002000a0100, 1",
    // More than a record may hold.
    "160301480100, 1",
    // A record of handshake without any.
    "1603010000, 10000",
    // Warnings: no certificate.
    "15030100020129, 10000",
    // Data before any key.
    "170303000100, 10000"
  })
  void nonsenseInsteadOfAHandshakeEndsTheConnection(String hex, int times) throws Exception {
    start(OPTIONS, TlsOptions.best());
    try (RawPeer peer = connect()) {
      byte[] hello = records("16030100050100000100", hex.startsWith("16") ? 0 : 1);
      peer.tell(hello);
      assertThat(endsWithoutData(peer.send(records(hex, times)))).isTrue();
    } catch (SocketException broken) {
      // It didn't even read all of it.
    }
    assertThat(curl(url("/3")).exit()).isZero();
  }

  @Test
  void abortedHandshakesLeaveNothingBehind() throws Exception {
    start(OPTIONS, TlsOptions.best());
    for (int i = 0; i < 300; i++) {
      RawPeer peer = connect();
      peer.tell("\u0016\u0003\u0001\u0002");
      peer.reset();
    }
    assertThat(listener.idle(Duration.ZERO)).succeedsWithin(Duration.ofSeconds(20));
    assertThat(curl(url("/3")).exit()).isZero();
  }

  /// Conscrypt has a pipe for each, which mustn't wait until a collection of garbage.
  @Test
  void connectionsThatEndedHaveNoDescriptorsAnyMore() throws Exception {
    start(OPTIONS, TlsOptions.best());
    long before = pipes();
    for (int i = 0; i < 30; i++) {
      Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.port());
      try (SSLSocket socket = secure(plain)) {
        socket.getOutputStream().write(GET.getBytes(US_ASCII));
        assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
        switch (i % 3) {
          case 0 -> plain.shutdownOutput();
          case 1 -> plain.setSoLinger(true, 0);
          default -> socket.shutdownOutput();
        }
      }
    }
    assertThat(listener.idle(Duration.ZERO)).succeedsWithin(Duration.ofSeconds(20));
    assertThat(pipes()).isLessThanOrEqualTo(before);
  }

  /// Of 48 places a quarter may go to connections that take three each: four of them.
  @Test
  void whereManyConnectionsRestTheNextTakeNoMoreThanTheirSocket() throws Exception {
    start(OPTIONS.withConnections(24, 24), new TlsOptions(TlsProvider.CONSCRYPT, true));
    long before = pipes();
    List<SSLSocket> resting = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      resting.add(secure(listener.port()));
      resting.getLast().getOutputStream().write(GET.getBytes(US_ASCII));
      assertThat(resting.getLast().getInputStream().readNBytes(1_000)).hasSize(1_000);
    }
    assertThat(pipes() - before).isBetween(2L, 8L);
    for (SSLSocket socket : resting) {
      socket.close();
    }
    assertThat(listener.idle(Duration.ZERO)).succeedsWithin(Duration.ofSeconds(20));
    try (SSLSocket first = secure(listener.port())) {
      first.startHandshake();
      assertThat(pipes() - before).isEqualTo(2);
    }
  }

  private static long pipes() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(TlsTest::isPipe).count();
    }
  }

  private static boolean isPipe(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
    } catch (IOException closed) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void keysMayBeUpdatedAndNothingIsRenegotiated(TlsOptions tls) throws Exception {
    start(OPTIONS, tls);
    try (Client client = new Client(listener.port(), "-tls1_3")) {
      client.await("CONNECTION ESTABLISHED");
      client.type("K\n");
      client.await("KEYUPDATE");
      client.type("GET /4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client.await("HTTP/1.1 200 OK");
    }
    try (Client client = new Client(listener.port(), "-tls1_2")) {
      client.await("CONNECTION ESTABLISHED");
      client.type("R\n");
      client.await("RENEGOTIATING");
      assertThat(client.rest()).containsAnyOf("no renegotiation", "handshake failure", "error");
    }
    assertThat(curl(url("/3")).exit()).isZero();
  }

  /// `openssl s_client`, typed at: a line that is `K` or `R` is a command of its own.
  private static final class Client implements AutoCloseable {
    private final Process process;
    private final StringBuilder said = new StringBuilder();

    Client(int port, String version) throws IOException {
      process =
          new ProcessBuilder(
                  "openssl", "s_client", "-brief", version, "-connect", "127.0.0.1:" + port)
              .redirectErrorStream(true)
              .start();
    }

    void type(String text) throws IOException {
      process.getOutputStream().write(text.getBytes(US_ASCII));
      process.getOutputStream().flush();
    }

    void await(String text) throws IOException {
      while (said.indexOf(text) < 0) {
        int letter = process.getInputStream().read();
        if (letter < 0) {
          throw new EOFException("no " + text + " in: " + said);
        }
        said.append((char) letter);
      }
    }

    /// What it says until it ends by itself.
    String rest() throws IOException {
      return said + new String(process.getInputStream().readAllBytes(), US_ASCII);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
