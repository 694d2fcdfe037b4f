package org.privateshare.client.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that come while their request is still being sent.
@Timeout(60)
final class ConversationTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

  /// Sends a word only when the one before was echoed: whoever doesn't listen meanwhile, or waits
  /// for more than there is, stands still.
  private static final class Echoed implements RequestBody {
    private int sent;

    @Override
    public OptionalLong length() {
      return OptionalLong.empty();
    }

    @Override
    public int read(ByteBuffer into) {
      if (sent == 3) {
        return -1;
      }
      into.put(("word" + ++sent).getBytes(US_ASCII));
      return 5;
    }
  }

  private boolean hear(Response answer) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(100);
    int count = answer.read(into);
    heard.write(into.array(), 0, into.position());
    return count >= 0;
  }

  /// Where the line's end behind a chunk comes: with it, or with the next one as from Jetty.
  @ParameterizedTest
  @ValueSource(strings = {"5\r\nheard\r\n|", "5\r\nheard|\r\n"})
  void eachWordIsAnsweredBeforeTheNextIsSent(String chunk) throws Exception {
    String[] parts = chunk.split("\\|", -1);
    RawServer.Script script =
        peer -> {
          String _ = peer.head();
          peer.say("HTTP/1.1 100 Continue\r\n\r\n");
          String before = CHUNKED;
          for (int word = 1; word <= 3; word++) {
            words.add(new String(peer.in().readNBytes(17), US_ASCII));
            peer.say(before + parts[0]);
            before = parts[1];
          }
          words.add(new String(peer.in().readNBytes(5), US_ASCII));
          peer.say(before + "0\r\n\r\n");
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var request = Request.of("PUT", "/", Fields.NONE, new Echoed());
      try (Response response = client.exchange(request, this::hear)) {
        assertThat(response.status()).isEqualTo(200);
        while (hear(response)) {
          // What came behind the request's end.
        }
      }
      assertThat(heard).hasToString("heardheardheard");
      assertThat(words).endsWith("0\r\n\r\n").hasSize(4);
    }
  }

  /// Both sides have more to say than any buffer on the way takes.
  @Test
  void aServerThatSaysMuchIsHeardWhileMuchIsSent() throws Exception {
    int size = 8 << 20;
    RawServer.Script script =
        peer -> {
          String _ = peer.head();
          peer.say(CHUNKED);
          byte[] piece = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(US_ASCII);
          for (int i = 0; i < 8; i++) {
            peer.out().write(piece);
          }
          peer.say("0\r\n\r\n");
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var body = RequestBody.of(new ByteArrayInputStream(new byte[size]));
      var request = Request.of("PUT", "/", Fields.NONE, body);
      try (Response response = client.exchange(request, this::hear)) {
        while (hear(response)) {
          // All of it.
        }
      }
      assertThat(heard.size()).isEqualTo(size);
    }
  }

  @Test
  void anAnswerThatEndsFirstEndsTheSending() throws Exception {
    RawServer.Script script =
        peer -> {
          String _ = peer.head();
          peer.say(CHUNKED + "4\r\nstop\r\n0\r\n\r\n");
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var endless = RequestBody.of(endless());
      try (Response response =
          client.exchange(Request.of("PUT", "/", Fields.NONE, endless), this::hear)) {
        assertThat(response.status()).isEqualTo(200);
      }
      assertThat(heard).hasToString("stop");
    }
  }

  @Test
  void aNoEndsTheSendingAndIsNotHandedOver() throws Exception {
    RawServer.Script script =
        peer -> {
          String _ = peer.head();
          peer.say("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var endless = RequestBody.of(endless());
      try (Response response =
          client.exchange(Request.of("PUT", "/", Fields.NONE, endless), this::hear)) {
        assertThat(response.status()).isEqualTo(403);
        assertThat(heard.size()).isZero();
      }
    }
  }

  @Test
  void anAnswerThatIsCutOffIsAFailure() throws Exception {
    RawServer.Script script =
        peer -> {
          String _ = peer.head();
          peer.say(CHUNKED + "4\r\nsome\r\n");
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), PATIENT)) {
      var endless = RequestBody.of(endless());
      assertThatThrownBy(
              () -> client.exchange(Request.of("PUT", "/", Fields.NONE, endless), this::hear))
          .isInstanceOf(IOException.class);
      assertThat(heard).hasToString("some");
    }
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 0;
      }
    };
  }
}
