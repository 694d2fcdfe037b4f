package org.privateshare.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// Every rule of parsing, over real sockets: whole answers and one byte at a time.
final class HostileServerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final Deadlines SHORT =
      new Deadlines(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  static final List<Arguments> REFUSED =
      List.of(
          refused("nothing", "", "in the middle of an answer"),
          refused("not HTTP", "SSH-2.0-x\r\n\r\n", "not a status line"),
          refused("an empty line first", "\r\n" + OK + "\r\n", "no status line"),
          refused("HTTP/2 in clear", "HTTP/2.0 200 OK\r\n\r\n", "not a status line"),
          refused("a lower-case version", "http/1.1 200 OK\r\n\r\n", "not a status line"),
          refused("two digits", "HTTP/1.1 20 OK\r\n\r\n", "not a status line"),
          refused("four digits", "HTTP/1.1 2000 OK\r\n\r\n", "not a status line"),
          refused("status 000", "HTTP/1.1 000 OK\r\n\r\n", "not a status line"),
          refused("status 600", "HTTP/1.1 600 OK\r\n\r\n", "not a status line"),
          refused("status +20", "HTTP/1.1 +20 OK\r\n\r\n", "not a status line"),
          refused("no blank after the status", "HTTP/1.1 200\r\n\r\n", "not a status line"),
          refused("two blanks", "HTTP/1.1  200 OK\r\n\r\n", "not a status line"),
          refused("NUL in the reason", "HTTP/1.1 200 O\0K\r\n\r\n", "control characters"),
          refused("bare line feeds", "HTTP/1.1 200 OK\n\n", "bare line feed"),
          refused("a bare line feed later", OK + "A: b\n\r\n", "bare line feed"),
          refused("a bare carriage return", OK + "A: b\rC: d\r\n\r\n", "control characters"),
          refused("a folded line", OK + "A: b\r\n c\r\n\r\n", "without a proper name"),
          refused("a folded line at the start", OK + " A: b\r\n\r\n", "without a proper name"),
          refused("a blank before the colon", OK + "A : b\r\n\r\n", "without a proper name"),
          refused("no colon", OK + "Abc\r\n\r\n", "without a proper name"),
          refused("no name", OK + ": b\r\n\r\n", "without a proper name"),
          refused("a name beyond ASCII", OK + "\u00c4: b\r\n\r\n", "without a proper name"),
          refused("ESC in a value", OK + "A: \u001b[2J\r\n\r\n", "control characters"),
          refused("DEL in a value", OK + "A: \u007f\r\n\r\n", "control characters"),
          refused("101 fields", OK + "A: b\r\n".repeat(101) + "\r\n", "more than 100"),
          refused("a long field", OK + "A: " + "b".repeat(40_000) + "\r\n\r\n", "32 KiB"),
          refused("a long status line", "HTTP/1.1 200 " + "O".repeat(40_000), "32 KiB"),
          refused(
              "many longish fields",
              OK + ("A: " + "b".repeat(500) + "\r\n").repeat(80) + "\r\n",
              "32 KiB"),
          refused("a head that ends early", OK + "A: b\r\n", "in the middle of an answer"),
          refused("two lengths", lengths("5", "6") + "hello", "not one Content-Length"),
          refused("one length twice", lengths("5", "5") + "hello", "not one Content-Length"),
          refused("a list of lengths", lengths("5, 5") + "hello", "not one Content-Length"),
          refused("length +5", lengths("+5") + "hello", "not one Content-Length"),
          refused("length -1", lengths("-1") + "hello", "not one Content-Length"),
          refused("length 0x5", lengths("0x5") + "hello", "not one Content-Length"),
          refused("length 5_0", lengths("5_0") + "hello", "not one Content-Length"),
          refused("length 5 5", lengths("5 5") + "hello", "not one Content-Length"),
          refused("an empty length", lengths("") + "hello", "not one Content-Length"),
          refused("Arabic digits", lengths("\u00b2") + "hello", "not one Content-Length"),
          refused("2^63", lengths("9223372036854775808") + "hello", "of 19 digits"),
          refused("length and chunks", both() + "0\r\n\r\n", "both"),
          refused("chunked twice", coding("chunked, chunked"), "Transfer-Encoding"),
          refused("xchunked", coding("xchunked"), "Transfer-Encoding"),
          refused("gzip, chunked", coding("gzip, chunked"), "Transfer-Encoding"),
          refused("identity", coding("identity"), "Transfer-Encoding"),
          refused("an empty coding", coding(""), "Transfer-Encoding"),
          refused("a vertical tab", coding("\u000bchunked"), "control characters"),
          refused("chunked;q=1", coding("chunked;q=1"), "Transfer-Encoding"),
          refused(
              "two codings",
              OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
              "Transfer-Encoding"),
          refused(
              "chunks in HTTP/1.0",
              "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
              "Transfer-Encoding"),
          refused("204 with a body", "HTTP/1.1 204 x\r\nContent-Length: 5\r\n\r\nhello", "none"),
          refused("101", "HTTP/1.1 101 x\r\nUpgrade: h2c\r\n\r\n", "nobody asked for"),
          refused("17 interims", "HTTP/1.1 102 x\r\n\r\n".repeat(17) + OK, "nobody asked for"),
          refused("4 bytes of 5", lengths("5") + "hell", "1 bytes too early"),
          refused("no byte of 5", lengths("5"), "5 bytes too early"),
          refused("6 bytes of 5", lengths("5") + "hello!", "more bytes than announced"),
          refused("chunk size -1", CHUNKED + "-1\r\nx\r\n0\r\n\r\n", "the size of a chunk"),
          refused("chunk size 0x1", CHUNKED + "0x1\r\nx\r\n0\r\n\r\n", "the size of a chunk"),
          refused("chunk size 1_0", CHUNKED + "1_0\r\nx\r\n0\r\n\r\n", "the size of a chunk"),
          refused("chunk size ' 1'", CHUNKED + " 1\r\nx\r\n0\r\n\r\n", "the size of a chunk"),
          refused("chunk size '1 '", CHUNKED + "1 \r\nx\r\n0\r\n\r\n", "the size of a chunk"),
          refused("no chunk size", CHUNKED + "\r\nx\r\n0\r\n\r\n", "the size of a chunk"),
          refused("17 digits", CHUNKED + "00000000000000001\r\nx\r\n", "the size of a chunk"),
          refused("an open quote", CHUNKED + "1;a=\"b\r\nx\r\n0\r\n\r\n", "the size of a chunk"),
          refused("an empty extension", CHUNKED + "1;\r\nx\r\n0\r\n\r\n", "the size of a chunk"),
          refused("64 KiB of it", CHUNKED + "1;a=" + "b".repeat(65_536), "KiB"),
          refused("a bare feed after a size", CHUNKED + "1\nx\r\n0\r\n\r\n", "bare line feed"),
          refused("a bare return in a size", CHUNKED + "1\r\rx\r\n", "control characters"),
          refused("a chunk too long", CHUNKED + "1\r\nxy\r\n0\r\n\r\n", "longer than it said"),
          refused("a chunk too short", CHUNKED + "5\r\nx\r\n0\r\n\r\n", "bare line feed"),
          refused("no last chunk", CHUNKED + "1\r\nx\r\n", "middle of an answer"),
          refused("no end after it", CHUNKED + "1\r\nx\r\n0\r\n", "middle of an answer"),
          refused("more after it", CHUNKED + "0\r\n\r\nx", "more bytes than announced"),
          refused("a bad trailer", CHUNKED + "0\r\nA : b\r\n\r\n", "without a proper name"),
          refused(
              "10,000 trailers", CHUNKED + "0\r\n" + "A: b\r\n".repeat(10_000) + "\r\n", "KiB"));

  static final List<Arguments> TAKEN =
      List.of(
          taken("a length", lengths("5") + "hello", "hello"),
          taken("leading zeros", lengths("005") + "hello", "hello"),
          taken("no body", lengths("0"), ""),
          taken("no reason", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nhi", "hi"),
          taken("bytes above 127", "HTTP/1.1 200 \u00e4\r\nContent-Length: 2\r\n\r\nhi", "hi"),
          taken("no blank after a colon", OK + "Content-Length:2\r\n\r\nhi", "hi"),
          taken("blanks around", OK + "Content-Length: \t2 \t\r\n\r\nhi", "hi"),
          taken("100 fields", OK + "A: b\r\n".repeat(99) + "Content-Length: 2\r\n\r\nhi", "hi"),
          taken("until the close", OK + "\r\nhello", "hello"),
          taken("HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nhello", "hello"),
          taken("interims", "HTTP/1.1 103 x\r\nLink: y\r\n\r\n" + lengths("2") + "hi", "hi"),
          taken("chunks", CHUNKED + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
          taken("chunks, zeros", CHUNKED + "0005\r\nhello\r\n000\r\n\r\n", "hello"),
          taken("no chunks", CHUNKED + "0\r\n\r\n", ""),
          taken("extensions", CHUNKED + "2;a;b=c ; d=\"e \\\" f\"\r\nhi\r\n0;x\r\n\r\n", "hi"),
          taken("trailers", CHUNKED + "2\r\nhi\r\n0\r\nContent-Length: 9\r\n\r\n", "hi"));

  @ParameterizedTest(name = "{0}")
  @FieldSource("REFUSED")
  void whatBreaksTheRulesFails(String name, String answer, String reason) throws IOException {
    assertThatThrownBy(() -> body(answer, false))
        .as(name)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  /// Bytes too many are only noticed when they have come with the last good one.
  @ParameterizedTest(name = "{0}")
  @FieldSource("REFUSED")
  void soItDoesOneByteAtATime(String name, String answer, String reason) throws IOException {
    if (!reason.startsWith("more bytes") && answer.length() < 2_000) {
      assertThatThrownBy(() -> body(answer, true))
          .as(name)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(reason);
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("TAKEN")
  void whatKeepsThemIsRead(String name, String answer, String body) throws IOException {
    assertThat(body(answer, false)).as(name).isEqualTo(body);
    assertThat(body(answer, true)).as(name + ", dripping").isEqualTo(body);
  }

  /// Sends `answer` and then the end, and returns the body as the client reads it.
  private static String body(String answer, boolean dripping) throws IOException {
    RawServer.Script script =
        peer -> {
          var _ = peer.head();
          if (dripping) {
            peer.drip(answer);
          } else {
            peer.say(answer);
          }
          peer.cut();
          peer.awaitEnd();
        };
    try (var server = RawServer.plain(script);
        var client = HttpClient.plain(server.origin(), SHORT);
        var response = client.exchange(Request.of("GET", "/", Fields.NONE))) {
      return readAll(response);
    }
  }

  static String readAll(Response response) throws IOException {
    var all = new StringBuilder();
    var buffer = ByteBuffer.allocate(8192);
    while (response.read(buffer) >= 0) {
      all.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
      buffer.clear();
    }
    return all.toString();
  }

  private static Arguments refused(String name, String answer, String reason) {
    return Arguments.of(name, answer, reason);
  }

  private static Arguments taken(String name, String answer, String body) {
    return Arguments.of(name, answer, body);
  }

  private static String lengths(String... values) {
    var head = new StringBuilder(OK);
    for (String value : values) {
      head.append("Content-Length: ").append(value).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private static String coding(String value) {
    return OK + "Transfer-Encoding: " + value + "\r\n\r\n0\r\n\r\n";
  }

  private static String both() {
    return OK + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";
  }
}
