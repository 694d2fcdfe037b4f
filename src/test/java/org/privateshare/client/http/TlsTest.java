package org.privateshare.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.CRC32C;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// TLS by either provider against the JDK's as the server.
@Timeout(120)
final class TlsTest {
  private static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));
  private static final Request GET = Request.of("GET", "/", Fields.NONE);
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private final RawServer.Script polite =
      peer -> {
        seen.add(peer.head());
        peer.say(OK + "Content-Length: 2\r\n\r\nhi");
        peer.awaitEnd();
      };

  @ParameterizedTest
  @EnumSource
  void thePinnedServerIsTrustedWhateverItsNameAndDates(TlsProvider provider) throws Exception {
    for (var identity : TestIdentity.values()) {
      try (var server = RawServer.tls(identity.server(), polite)) {
        assertThat(get(server.origin(), pinned(identity, provider))).isEqualTo("hi");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherServerIsToldNothing(TlsProvider provider) throws Exception {
    try (var server = RawServer.tls(TestIdentity.ELSEWHERE.server(), polite)) {
      assertThatThrownBy(() -> get(server.origin(), pinned(TestIdentity.LOCALHOST, provider)))
          .asInstanceOf(type(UntrustedServer.class))
          .satisfies(
              refused -> {
                assertThat(refused.expected()).contains(TestIdentity.LOCALHOST.fingerprint());
                assertThat(refused.seen()).isEqualTo(TestIdentity.ELSEWHERE.fingerprint());
                assertThat(refused)
                    .hasMessageContaining(TestIdentity.LOCALHOST.fingerprint().toString())
                    .hasMessageContaining(TestIdentity.ELSEWHERE.fingerprint().toString());
              });
      assertThat(seen).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerWithACertificateForItsNameIsTrusted(TlsProvider provider) throws Exception {
    try (var server = RawServer.tls(TestIdentity.LOCALHOST.server(), polite)) {
      Tls tls = certified(provider);
      assertThat(get(server.origin(), tls)).isEqualTo("hi");
      assertThat(get(new Origin("localhost", server.port()), tls)).isEqualTo("hi");
    }
  }

  @ParameterizedTest
  @CsvSource({"CONSCRYPT,ELSEWHERE", "CONSCRYPT,EXPIRED", "JDK,ELSEWHERE", "JDK,EXPIRED"})
  void aCertificateForAnotherNameOrTimeIsRefused(TlsProvider provider, TestIdentity identity)
      throws Exception {
    try (var server = RawServer.tls(identity.server(), polite)) {
      Tls tls = certified(provider);
      for (String host : new String[] {"127.0.0.1", "localhost"}) {
        assertThatThrownBy(() -> get(new Origin(host, server.port()), tls))
            .asInstanceOf(type(UntrustedServer.class))
            .satisfies(
                refused -> {
                  assertThat(refused.expected()).isEmpty();
                  assertThat(refused.seen()).isEqualTo(identity.fingerprint());
                });
      }
      assertThat(seen).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatNoAuthorityOfThisJavaKnowsIsRefused(TlsProvider provider) throws Exception {
    try (var server = RawServer.tls(TestIdentity.LOCALHOST.server(), polite)) {
      Tls tls = Tls.of(new Trust.Authorities(), provider);
      assertThatThrownBy(() -> get(server.origin(), tls)).isInstanceOf(UntrustedServer.class);
      assertThat(seen).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFirstContactLearnsWhoItIsAndSendsNothing(TlsProvider provider) throws Exception {
    RawServer.Script listen =
        peer -> seen.add("after " + peer.in().readAllBytes().length + " bytes");
    try (var server = RawServer.tls(TestIdentity.LOCALHOST.server(), listen)) {
      assertThat(FirstContact.of(server.origin(), PATIENT, provider))
          .isEqualTo(TestIdentity.LOCALHOST.fingerprint());
      assertThat(seen.take()).isEqualTo("after 0 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONSCRYPT,TLSv1.3,TLS_AES_256_GCM_SHA384",
    "CONSCRYPT,TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "JDK,TLSv1.3,TLS_CHACHA20_POLY1305_SHA256",
    "JDK,TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
  })
  void authenticatedEncryptionIsSpoken(TlsProvider provider, String version, String suite)
      throws Exception {
    try (var server = only(version, suite)) {
      assertThat(get(server.origin(), pinned(TestIdentity.LOCALHOST, provider))).isEqualTo("hi");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anythingLessIsNot(TlsProvider provider) throws Exception {
    try (var server = only("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256")) {
      assertThatThrownBy(() -> get(server.origin(), pinned(TestIdentity.LOCALHOST, provider)))
          .isInstanceOf(SSLException.class);
      assertThat(seen).isEmpty();
    }
  }

  private RawServer only(String version, String suite) throws Exception {
    var context = TestIdentity.LOCALHOST.server();
    return RawServer.start(
        polite,
        socket -> {
          var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
          tls.setUseClientMode(false);
          tls.setEnabledProtocols(new String[] {version});
          tls.setEnabledCipherSuites(new String[] {suite});
          return tls;
        });
  }

  @ParameterizedTest
  @CsvSource({
    "CONSCRYPT,Content-Length: 5", "CONSCRYPT,Transfer-Encoding: chunked", "CONSCRYPT,X: y",
    "JDK,Content-Length: 5", "JDK,Transfer-Encoding: chunked", "JDK,X: y"
  })
  void anEndThatTheServerDidNotMakeIsAFailure(TlsProvider provider, String field) throws Exception {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          peer.say(OK + field + "\r\n\r\n5\r\n");
          peer.cut();
          peer.awaitEnd();
        };
    try (var server = RawServer.tls(TestIdentity.LOCALHOST.server(), script)) {
      assertThatThrownBy(() -> get(server.origin(), pinned(TestIdentity.LOCALHOST, provider)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut off");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEndThatItMadeIsOne(TlsProvider provider) throws Exception {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          peer.say(OK + "\r\nhello");
        };
    try (var server = RawServer.tls(TestIdentity.LOCALHOST.server(), script)) {
      assertThat(get(server.origin(), pinned(TestIdentity.LOCALHOST, provider))).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerOneByteARecordIsRead(TlsProvider provider) throws Exception {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          peer.drip(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
          peer.awaitEnd();
        };
    try (var server = RawServer.tls(TestIdentity.LOCALHOST.server(), script)) {
      assertThat(get(server.origin(), pinned(TestIdentity.LOCALHOST, provider))).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyBytesArriveAsTheyWereBothWays(TlsProvider provider) throws Exception {
    byte[] bytes = new byte[20 * 1024 * 1024 + 7];
    new Random(3).nextBytes(bytes);
    RawServer.Script echo =
        peer -> {
          while (true) {
            var _ = peer.head();
            byte[] body = peer.in().readNBytes(bytes.length);
            peer.say(OK + "Content-Length: " + body.length + "\r\n\r\n");
            peer.out().write(body);
            peer.out().flush();
          }
        };
    try (var server = RawServer.tls(TestIdentity.LOCALHOST.server(), echo);
        var client =
            HttpClient.secure(server.origin(), pinned(TestIdentity.LOCALHOST, provider), PATIENT)) {
      for (int n = 0; n < 2; n++) {
        var request = Request.of("PUT", "/", Fields.NONE, RequestBody.of(bytes));
        try (var response = client.exchange(request)) {
          assertThat(checksum(response)).isEqualTo(checksum(bytes));
        }
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNoInTheMiddleOfABodyIsRead(TlsProvider provider) throws Exception {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          var _ = peer.in().readNBytes(1024 * 1024);
          peer.say("HTTP/1.1 409 Conflict\r\nContent-Length: 5\r\n\r\ntaken");
          // Deaf from here on.
          seen.take();
        };
    try (var server = RawServer.tls(TestIdentity.LOCALHOST.server(), script);
        var client =
            HttpClient.secure(server.origin(), pinned(TestIdentity.LOCALHOST, provider), PATIENT)) {
      var body = RequestBody.of(new byte[64 * 1024 * 1024]);
      try (var response = client.exchange(Request.of("PUT", "/", Fields.NONE, body))) {
        assertThat(response.status()).isEqualTo(409);
        assertThat(HostileServerTest.readAll(response)).isEqualTo("taken");
      }
      seen.add("read");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatNeverShakesHandsIsGivenUp(TlsProvider provider) throws Exception {
    var limits =
        new Deadlines(
            Duration.ofSeconds(9),
            Duration.ofMillis(300),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9));
    try (var server = RawServer.plain(RawServer.Peer::awaitEnd);
        var client =
            HttpClient.secure(server.origin(), pinned(TestIdentity.LOCALHOST, provider), limits)) {
      assertThatThrownBy(() -> client.exchange(GET)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatDoesNotSpeakTlsIsRefused(TlsProvider provider) throws Exception {
    for (String answer : List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "cancel", "")) {
      RawServer.Script script =
          peer -> {
            int _ = peer.in().read();
            peer.say(answer);
          };
      try (var server = RawServer.plain(script)) {
        assertThatThrownBy(() -> get(server.origin(), pinned(TestIdentity.LOCALHOST, provider)))
            .as(answer)
            .isInstanceOf(NotTls.class);
        assertThat(TlsProbe.speaksTls(server.origin(), PATIENT)).as(answer).isFalse();
      }
    }
  }

  @Test
  void aServerThatSpeaksTlsIsKnownByItsAnswerToAProbe() throws Exception {
    try (var server = RawServer.tls(TestIdentity.LOCALHOST.server(), RawServer.Peer::awaitEnd)) {
      assertThat(TlsProbe.speaksTls(server.origin(), PATIENT)).isTrue();
    }
  }

  private static Tls pinned(TestIdentity identity, TlsProvider provider) throws Exception {
    return Tls.of(new Trust.Pinned(identity.fingerprint()), provider);
  }

  private static Tls certified(TlsProvider provider) throws Exception {
    return Tls.certified(Tls.authorities(TestIdentity.authority()), provider);
  }

  private static String get(Origin origin, Tls tls) throws IOException {
    try (var client = HttpClient.secure(origin, tls, PATIENT);
        var response = client.exchange(GET)) {
      return HostileServerTest.readAll(response);
    }
  }

  private static long checksum(Response response) throws IOException {
    var crc = new CRC32C();
    var buffer = ByteBuffer.allocateDirect(256 * 1024);
    while (response.read(buffer) >= 0) {
      crc.update(buffer.flip());
      buffer.clear();
    }
    return crc.getValue();
  }

  private static long checksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
