package org.privateshare.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Visit;

@Timeout(60)
final class HttpDoorTest extends HttpFixture {
  private static final String HOST = "Host: localhost\r\n";

  private void start(ListenerOptions options) throws IOException {
    start(options, TlsOptions.best());
  }

  private static ListenerOptions hasty(int firstByteMillis, int progressMillis) {
    return OPTIONS.withDeadlines(
        new Deadlines(Duration.ofMillis(firstByteMillis), Duration.ofMillis(progressMillis), 1024));
  }

  private String ask(String request) throws IOException {
    try (RawPeer peer = connect()) {
      return new String(peer.send(request).readAll(), ISO_8859_1);
    }
  }

  @Test
  void loopbackCallersMaySpeakItInClear() throws Exception {
    start(OPTIONS);
    String answer = ask("GET /4 HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\r\n\r\n\u0000\u0001\u0002\u0003")
        .doesNotContainIgnoringCase("server:");
    assertThat(seen.take()).isEqualTo("HTTP/1.1");
  }

  @Test
  void othersAreToldToUseHttps() throws Exception {
    start(OPTIONS, PlainHttp.OFF, TlsOptions.best());
    String answer = ask("GET /4 HTTP/1.1\r\n" + HOST + "\r\n");
    assertThat(answer).startsWith("HTTP/1.1 403 Forbidden\r\n").contains("use https://", "nosniff");
    assertThat(ask("PUT /x HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello"))
        .startsWith("HTTP/1.1 403 Forbidden\r\n");
    assertThat(seen).isEmpty();
    assertThat(curl(url("/3")).exit()).isZero();
  }

  @Test
  void whoIsServedInClearIsAskedByAddress() throws Exception {
    start(OPTIONS, caller -> caller.getHostAddress().equals("127.0.0.1"), TlsOptions.best());
    try (RawPeer peer = RawPeer.to("::1", listener.port())) {
      peer.tell("GET /4 HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(peer.fin().readAll()).asString().startsWith("HTTP/1.1 403");
    }
    assertThat(ask("GET /4 HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SSH-2.0-x\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n", "GET\t/", "\u0015x"})
  void whatIsNeitherIsClosedWithoutAWord(String first) throws Exception {
    start(OPTIONS);
    assertThat(ask(first)).isEmpty();
  }

  @Test
  void aMethodMayComeLetterByLetter() throws Exception {
    start(OPTIONS);
    try (RawPeer peer = connect()) {
      for (char letter : "GET /1 HTTP/1.0\r\n\r\n".toCharArray()) {
        peer.tell(String.valueOf(letter));
      }
      assertThat(peer.readAll()).asString().startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-Length: 5\\r\\nContent-Length: 6                  | 400
          Content-Length: 5\\r\\nTransfer-Encoding: chunked         | 400
          Transfer-Encoding: xchunked                               | 400
          Transfer-Encoding: chunked, chunked                       | 400
          Content-Length: +5                                        | 400
          Space : before                                            | 400
          Folded: a\\r\\n b                                         | 400
          Host: another.example                                     | 400
          """)
  void whatIsAmbiguousIsRefusedAndTheConnectionClosed(String fields, int status) throws Exception {
    start(OPTIONS);
    String sent = fields.replace("\\r\\n", "\r\n");
    String answer = ask("PUT /count HTTP/1.1\r\n" + HOST + sent + "\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("\r\nX-Content-Type-Options: nosniff\r\n")
        .doesNotContain("Jetty");
    assertThat(seen).isEmpty();
    assertRefusalsLogged(status);
  }

  /// What Jetty refuses is a visit as well, and what was asked for stays untold: it may hold a key.
  private void assertRefusalsLogged(int... statuses) {
    assertThat(visits)
        .extracting(visit -> visit.status().orElse(0))
        .containsExactly(Arrays.stream(statuses).boxed().toArray(Integer[]::new));
    assertThat(visits)
        .extracting(Visit::action, Visit::path, Visit::end)
        .containsOnly(tuple("", "", "not understood"));
  }

  @Test
  void aHeadThatIsTooLongIsRefused() throws Exception {
    start(OPTIONS);
    assertThat(ask("GET /" + "x".repeat(33 << 10) + " HTTP/1.1\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 414");
    assertThat(ask("GET /1 HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(33 << 10) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(ask("GET /1 HTTP/1.1\r\n" + HOST + "X: y\r\n".repeat(101) + "\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(seen).isEmpty();
    assertRefusalsLogged(414, 431, 431);
  }

  @Test
  void anUpgradeToHttp2InClearIsIgnored() throws Exception {
    start(OPTIONS);
    String upgrade = "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n";
    String answer =
        ask("GET /1 HTTP/1.1\r\n" + HOST + upgrade + "HTTP2-Settings: AAMAAABk\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 4");
  }

  @Test
  void whatNobodyAnswersIsNotFoundInOnePlainLine() throws Exception {
    start(OPTIONS);
    assertThat(curl(url("/none")).output()).isEqualTo("404 Not Found\n");
    assertThat(curl(url("/no-number")).output()).isEqualTo("500 Server Error\n");
    assertThat(visits).as("a handler tells the log itself").isEmpty();
  }

  /// Without a length the end of the connection is the end of the content.
  @Test
  void anAnswerThatFailsOnItsWayEndsInAReset() throws Exception {
    start(OPTIONS);
    try (RawPeer peer = connect()) {
      peer.tell("GET /broken HTTP/1.0\r\n\r\n");
      assertThatExceptionOfType(SocketException.class).isThrownBy(peer::readAll);
    }
    assertThat(curl("--http2", url("/broken")).exit()).isEqualTo(92);
  }

  @Test
  void aHeadThatDripsIsBrokenAtItsDeadline() throws Exception {
    start(hasty(500, 60_000));
    try (RawPeer peer = connect()) {
      peer.tell("GET /1 HTTP/1.1\r\n");
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(
              () -> {
                while (true) {
                  peer.tell("X: y\r\n");
                  assertThat(seen.poll(20, TimeUnit.MILLISECONDS)).isNull();
                }
              });
    }
  }

  @Test
  void aKeptConnectionMayRestButItsNextHeadMayNotDrip() throws Exception {
    start(hasty(500, 60_000));
    try (SSLSocket socket = secure(listener.port())) {
      socket.getOutputStream().write(("GET /0 HTTP/1.1\r\n" + HOST + "\r\n").getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(15)).asString().contains("200");
      assertThat(seen.take()).isNotEmpty();
      assertThat(seen.poll(1_500, TimeUnit.MILLISECONDS)).isNull();
      socket.getOutputStream().write("GET /1 ".getBytes(US_ASCII));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> socket.getInputStream().readNBytes(1_000_000));
    }
  }

  @Test
  void aBodyThatStallsIsAnsweredWithATimeout() throws Exception {
    start(hasty(10_000, 500));
    String answer = ask("PUT /count HTTP/1.1\r\n" + HOST + "Content-Length: 100\r\n\r\nhello");
    assertThat(seen.take()).isEqualTo("broken body");
    assertThat(answer).startsWith("HTTP/1.1 408");
  }

  @Test
  void aPeerThatDoesNotReadIsReset() throws Exception {
    start(hasty(10_000, 500));
    try (RawPeer peer = RawPeer.narrow(listener.port())) {
      peer.tell("GET /50000000 HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(seen.take()).isEqualTo("HTTP/1.1");
      assertThat(awaitNoSession()).isZero();
      assertThatExceptionOfType(SocketException.class).isThrownBy(peer::readAll);
    }
  }

  /// A stop that needn't wait, because whatever ran has been broken by then.
  private int awaitNoSession() {
    return listener.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void aStopLetsADownloadEnd(String version) throws Exception {
    start(OPTIONS);
    // Accepted before the download, so the stop knows it.
    RawPeer silent = connect();
    Path got = folder.resolve("got");
    CompletableFuture<Tool> download =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return curl(version, "-o", got.toString(), url("/slow"));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            task -> Thread.ofVirtual().start(task));
    assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("running");
    CompletableFuture<Integer> stop = CompletableFuture.supplyAsync(listener::stop);
    assertThat(silent.readAll()).isEmpty();
    assertThat(stop).isNotDone();
    goOn.countDown();
    assertThat(stop.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(download.get(20, TimeUnit.SECONDS).exit()).isZero();
    assertThat(Files.readString(got)).isEqualTo("halfdone");
  }

  @Test
  void aStopBreaksWhatIsLeftAfterTheDrainTime() throws Exception {
    start(OPTIONS.withDrain(Duration.ofMillis(50)));
    try (SSLSocket socket = secure(listener.port())) {
      socket.getOutputStream().write(("GET /slow HTTP/1.1\r\n" + HOST + "\r\n").getBytes(US_ASCII));
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("running");
      CompletableFuture<Integer> stop = CompletableFuture.supplyAsync(listener::stop);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> socket.getInputStream().readAllBytes());
      goOn.countDown();
      assertThat(stop.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void keptConnectionsCountForIdle() throws Exception {
    start(OPTIONS);
    CompletableFuture<Void> idle;
    try (SSLSocket socket = secure(listener.port())) {
      socket.getOutputStream().write(("GET /0 HTTP/1.1\r\n" + HOST + "\r\n").getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(15)).asString().contains("200");
      idle = listener.idle(Duration.ofMillis(20));
      assertThat(seen.poll(200, TimeUnit.MILLISECONDS)).isNotNull();
      assertThat(idle).isNotDone();
    }
    assertThat(idle).succeedsWithin(Duration.ofSeconds(20));
  }
}
