package org.privateshare.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HttpClientTest {
  private static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));
  private static final Deadlines HASTY =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofMillis(300),
          Duration.ofMillis(300));

  /// What the servers saw.
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @Test
  void requestsGoOverOneConnectionAfterTheOther() throws Exception {
    RawServer.Script answerAll =
        peer -> {
          while (true) {
            seen.add(peer.head());
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
          }
        };
    try (var server = RawServer.plain(answerAll);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      for (String method : List.of("GET", "MKCOL", "MOVE", "PATCH", "DELETE", "X-OWN")) {
        var request = Request.of(method, "/a%20b?c=d", Fields.NONE.with("X-Y", "z z"));
        try (var response = client.exchange(request)) {
          assertThat(HostileServerTest.readAll(response)).isEqualTo("hi");
        }
        assertThat(seen.take())
            .isEqualTo(
                method
                    + " /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:"
                    + server.port()
                    + "\r\nX-Y: z z\r\n\r\n");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"the body unread", "Connection: close", "closed when idle"})
  void aConnectionThatCannotServeAgainIsReplaced(String reason) throws Exception {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          String field = reason.startsWith("Connection") ? reason + "\r\n" : "";
          peer.say("HTTP/1.1 200 OK\r\n" + field + "Content-Length: 2\r\n\r\nhi");
          if (reason.endsWith("idle")) {
            peer.cut();
          }
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      for (int n = 1; n <= 3; n++) {
        try (var response = client.exchange(Request.of("GET", "/", Fields.NONE))) {
          assertThat(response.status()).isEqualTo(200);
          if (!reason.endsWith("unread")) {
            assertThat(HostileServerTest.readAll(response)).isEqualTo("hi");
          }
        }
        assertThat(server.connections()).isEqualTo(n);
      }
    }
  }

  static final List<String> BODILESS =
      List.of(
          "HEAD HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n",
          "HEAD HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          "DELETE HTTP/1.1 204 No Content\r\n\r\n",
          "GET HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");

  @ParameterizedTest
  @FieldSource("BODILESS")
  void someAnswersHaveNoBody(String exchange) throws Exception {
    int blank = exchange.indexOf(' ');
    RawServer.Script script =
        peer -> {
          while (true) {
            var _ = peer.head();
            peer.say(exchange.substring(blank + 1));
          }
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var request = Request.of(exchange.substring(0, blank), "/", Fields.NONE);
      for (int n = 0; n < 2; n++) {
        try (var response = client.exchange(request)) {
          assertThat(HostileServerTest.readAll(response)).isEmpty();
        }
        client.exchange(request).close();
      }
      assertThat(client.roundTrip()).isPositive();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aSilentServerIsGivenUp() throws Exception {
    try (var server = RawServer.plain(RawServer.Peer::awaitEnd);
        var client = HttpClient.plain(server.origin(), HASTY)) {
      assertThatThrownBy(() -> client.exchange(Request.of("GET", "/", Fields.NONE)))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("gave up after 0.3 s: the server sends nothing");
    }
  }

  @Test
  void aBodyThatStopsComingIsGivenUp() throws Exception {
    RawServer.Script script =
        peer -> {
          peer.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), HASTY);
        var response = client.exchange(Request.of("GET", "/", Fields.NONE))) {
      assertThatThrownBy(() -> HostileServerTest.readAll(response))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  /// Every byte comes in time, the head as a whole doesn't.
  @Test
  void aHeadThatDripsForEverIsGivenUp() {
    Pipe dripping =
        new Pipe() {
          @Override
          public int read(ByteBuffer into) {
            into.put((byte) 'H');
            return 1;
          }

          @Override
          public boolean write(ByteBuffer from) {
            throw new AssertionError("nothing is to be written");
          }

          @Override
          public boolean speaks(Duration patience) {
            return true;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> new Inbox(dripping).block(Duration.ofNanos(1)))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("the server drips");
  }

  @Test
  void aPortWhereNobodyListensIsNamed() throws Exception {
    try (var dead = new DeadPort();
        var client = HttpClient.plain(dead.origin(), PATIENT)) {
      assertThatThrownBy(() -> client.exchange(Request.of("GET", "/", Fields.NONE)))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining(Integer.toString(dead.number()));
    }
  }

  @Test
  void anAddressThatDoesNotAnswerIsGivenUp() throws Exception {
    // A listener whose queue is full lets a connection attempt hang.
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var hanging = new ArrayList<SocketChannel>();
      try {
        for (int n = 0; n < 4; n++) {
          var channel = SocketChannel.open();
          var _ = channel.configureBlocking(false);
          var _ = channel.connect(full.getLocalSocketAddress());
          hanging.add(channel);
        }
        var limits =
            new Deadlines(
                Duration.ofMillis(300),
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                Duration.ofSeconds(9));
        var origin = new Origin("127.0.0.1", full.getLocalPort());
        try (var client = HttpClient.plain(origin, limits)) {
          assertThatThrownBy(() -> client.exchange(Request.of("GET", "/", Fields.NONE)))
              .isInstanceOf(SocketTimeoutException.class)
              .hasMessageContaining("no answer from");
        }
      } finally {
        for (var channel : hanging) {
          channel.close();
        }
      }
    }
  }
}
