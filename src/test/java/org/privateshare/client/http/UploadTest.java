package org.privateshare.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests with a body, and servers that say no to it at any moment.
@Timeout(60)
final class UploadTest {
  private static final String EMPTY_OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String CONFLICT =
      "HTTP/1.1 409 Conflict\r\nContent-Length: 5\r\nConnection: close\r\n\r\ntaken";
  private static final int MUCH = 64 * 1024 * 1024;
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
  void aFileIsSentWithItsLength(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");
    RawServer.Script script =
        peer -> {
          seen.add(peer.head());
          seen.add(new String(peer.in().readNBytes(5), StandardCharsets.US_ASCII));
          peer.say(EMPTY_OK);
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT);
        var channel = FileChannel.open(file)) {
      var request = Request.of("PUT", "/f", Fields.NONE, RequestBody.of(channel, 3, 5));
      try (var response = client.exchange(request)) {
        assertThat(response.status()).isEqualTo(200);
      }
      assertThat(seen.take()).contains("Content-Length: 5\r\n").doesNotContain("Expect");
      assertThat(seen.take()).isEqualTo("34567");
    }
  }

  @Test
  void aStreamIsSentInChunksAfterTheServersLeave() throws Exception {
    RawServer.Script script =
        peer -> {
          seen.add(peer.head());
          peer.say("HTTP/1.1 100 Continue\r\n\r\n");
          seen.add(peer.head());
          peer.say(EMPTY_OK);
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var body = RequestBody.of(new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)));
      try (var response = client.exchange(Request.of("PUT", "/f", Fields.NONE, body))) {
        assertThat(response.status()).isEqualTo(200);
      }
      assertThat(seen.take())
          .contains("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n")
          .doesNotContain("Content-Length");
      assertThat(seen.take()).isEqualTo("00000005\r\nhello\r\n0\r\n\r\n");
    }
  }

  @Test
  void aServerThatKnowsNoLeaveGetsTheBodyAllTheSame() throws Exception {
    byte[] body = new byte[3 * 1024 * 1024];
    RawServer.Script script =
        peer -> {
          seen.add(peer.head());
          seen.add(Integer.toString(peer.in().readNBytes(body.length).length));
          peer.say(EMPTY_OK);
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var request = Request.of("PUT", "/f", Fields.NONE, RequestBody.of(body));
      try (var response = client.exchange(request)) {
        assertThat(response.status()).isEqualTo(200);
      }
      assertThat(seen.take()).contains("Expect: 100-continue");
      assertThat(seen.take()).isEqualTo(Integer.toString(body.length));
    }
  }

  @Test
  void aNoInsteadOfALeaveSparesTheBody() throws Exception {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          peer.say(CONFLICT);
          seen.add(Integer.toString(peer.in().read()));
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var request = Request.of("PUT", "/f", Fields.NONE, RequestBody.of(new byte[MUCH]));
      try (var response = client.exchange(request)) {
        assertThat(response.status()).isEqualTo(409);
        assertThat(HostileServerTest.readAll(response)).isEqualTo("taken");
      }
      assertThat(seen.take()).as("the server's next byte").isEqualTo("-1");
    }
  }

  /// What a server does that refuses in the middle of an upload: it goes on listening, it stops
  /// listening, or it closes so hard that the next write fails.
  @ParameterizedTest
  @ValueSource(strings = {"listening", "deaf", "reset"})
  void aNoInTheMiddleOfABodyIsRead(String manner) throws Exception {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          peer.say("HTTP/1.1 100 Continue\r\n\r\n");
          var _ = peer.in().readNBytes(1024 * 1024);
          peer.say(CONFLICT);
          switch (manner) {
            case "listening" -> peer.awaitEnd();
            case "deaf" -> seen.take();
            default -> {}
          }
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var request = Request.of("PUT", "/f", Fields.NONE, RequestBody.of(new byte[MUCH]));
      try (var response = client.exchange(request)) {
        assertThat(response.status()).isEqualTo(409);
        assertThat(HostileServerTest.readAll(response)).isEqualTo("taken");
      }
      seen.add("read");
    }
  }

  /// The answer crosses the bytes that the server won't take any more: the write is what fails.
  @Test
  void aNoIsReadWhereTheWriteHasAlreadyFailed() throws Exception {
    var answer = ByteBuffer.wrap(CONFLICT.getBytes(StandardCharsets.US_ASCII));
    Pipe broken =
        new Pipe() {
          private boolean headTaken;

          @Override
          public int read(ByteBuffer into) {
            into.put(answer);
            return answer.position();
          }

          @Override
          public boolean write(ByteBuffer from) throws IOException {
            if (headTaken) {
              throw new IOException("Broken pipe");
            }
            headTaken = true;
            return true;
          }

          @Override
          public boolean speaks(Duration patience) {
            return false;
          }

          @Override
          public void close() {}
        };
    var connection = new HttpConnection(new Origin("localhost", 1), broken, PATIENT);
    var request = Request.of("PUT", "/f", Fields.NONE, RequestBody.of(new byte[5]));
    try (var response = connection.send(request)) {
      assertThat(response.status()).isEqualTo(409);
      assertThat(HostileServerTest.readAll(response)).isEqualTo("taken");
    }
  }

  @Test
  void anInterimAnswerInTheMiddleOfABodyChangesNothing() throws Exception {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          var _ = peer.in().readNBytes(1024 * 1024);
          peer.say("HTTP/1.1 102 Processing\r\n\r\n");
          seen.add(Integer.toString(peer.in().readNBytes(MUCH - 1024 * 1024).length));
          peer.say(EMPTY_OK);
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var request = Request.of("PUT", "/f", Fields.NONE, RequestBody.of(new byte[MUCH]));
      try (var response = client.exchange(request)) {
        assertThat(response.status()).isEqualTo(200);
      }
      assertThat(seen.take()).isEqualTo(Integer.toString(MUCH - 1024 * 1024));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 6})
  void aBodyThatIsNotAsLongAsAnnouncedFailsTheExchange(long announced) throws Exception {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          seen.add("after " + peer.in().readAllBytes().length);
        };
    var content = RequestBody.of("hello".getBytes(StandardCharsets.US_ASCII));
    var body =
        new RequestBody() {
          @Override
          public OptionalLong length() {
            return OptionalLong.of(announced);
          }

          @Override
          public int read(ByteBuffer into) throws IOException {
            return content.read(into);
          }
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      assertThatThrownBy(() -> client.exchange(Request.of("PUT", "/f", Fields.NONE, body)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("changed its length");
      assertThat(seen.take()).isIn("after 0", "after 5");
    }
  }

  @Test
  void aServerThatReadsNothingIsGivenUp() throws Exception {
    try (var server = RawServer.plain(peer -> seen.take());
        var client = HttpClient.plain(server.origin(), HASTY)) {
      var request = Request.of("PUT", "/", Fields.NONE, RequestBody.of(new byte[MUCH]));
      assertThatThrownBy(() -> client.exchange(request))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("gave up after 0.3 s: the server takes nothing");
      seen.add("done");
    }
  }

  @Test
  void aServerMayTakeItsTimeToBringABodyToDisk() throws Exception {
    var limits =
        new Deadlines(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(20));
    RawServer.Script script =
        peer -> {
          seen.add(peer.head());
          seen.add(new String(peer.in().readNBytes(4), StandardCharsets.US_ASCII));
          // Nothing to read for longer than the client would wait for any other byte.
          peer.socket().setSoTimeout(300);
          try {
            int _ = peer.in().read();
          } catch (SocketTimeoutException atLast) {
            peer.say(EMPTY_OK);
          }
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), limits)) {
      var request = Request.of("PUT", "/", Fields.NONE, RequestBody.of(new byte[4]));
      try (var response = client.exchange(request)) {
        assertThat(response.status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aServerThatNeverConfirmsIsGivenUp() throws Exception {
    try (var server = RawServer.plain(RawServer.Peer::awaitEnd);
        var client = HttpClient.plain(server.origin(), HASTY)) {
      var request = Request.of("PUT", "/", Fields.NONE, RequestBody.of(new byte[4]));
      assertThatThrownBy(() -> client.exchange(request))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("gave up after 0.3 s: the server confirms nothing");
    }
  }
}
