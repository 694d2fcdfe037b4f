package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.head;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.net.RawPeer;

/// Files over HTTP as `docs/http.md` says, through the real server.
@Timeout(60)
final class GetFileTest {
  private static final String TEN = "0123456789";

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    Files.writeString(door.folder().resolve("ten.txt"), TEN);
    Files.writeString(door.folder().resolve("empty"), "");
    Files.createDirectories(door.folder().resolve("dir"));
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  @Test
  void aFileComesWithAllThatIsKnownOfIt() throws Exception {
    Instant then = Instant.parse("1994-11-06T08:49:37.500Z");
    Path file = Files.writeString(door.folder().resolve("all é.md"), "hello");
    Files.setLastModifiedTime(file, FileTime.from(then));
    String answer = door.owner("GET /all%20%C3%A9.md", "");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains(
            "\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
            "\r\nAccept-Ranges: bytes\r\n",
            "\r\nContent-Length: 5\r\n",
            "\r\nContent-Type: text/plain;charset=utf-8\r\n",
            "\r\nContent-Disposition: inline; filename=\"all _.md\";"
                + " filename*=UTF-8''all%20%C3%A9.md\r\n",
            "\r\nX-Content-Type-Options: nosniff\r\n",
            "\r\nContent-Security-Policy: sandbox; default-src 'none'\r\n",
            "\r\nCross-Origin-Resource-Policy: same-origin\r\n",
            "\r\nReferrer-Policy: no-referrer\r\n",
            "\r\nCache-Control: private, no-cache\r\n")
        .endsWith("\r\n\r\nhello");
    assertThat(field(answer, "ETag")).matches("\"[0-9a-f]{32}\"");
    assertThat(field(answer, "Repr-Digest")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bytes=0-1                        | 206 | 01         | bytes 0-1/10
          bytes=8-                         | 206 | 89         | bytes 8-9/10
          bytes=-1                         | 206 | 9          | bytes 9-9/10
          bytes=0-99999999999999999999     | 206 | 0123456789 | bytes 0-9/10
          bytes=0-9223372036854775807      | 206 | 0123456789 | bytes 0-9/10
          bytes=-99999999999               | 206 | 0123456789 | bytes 0-9/10
          bytes=5-5,99-                    | 206 | 5          | bytes 5-5/10
          bytes=10-                        | 416 |            | bytes */10
          bytes=10-11                      | 416 |            | bytes */10
          bytes=-0                         | 416 |            | bytes */10
          bytes=5-2                        | 200 | 0123456789 | ``
          bytes=a-b                        | 200 | 0123456789 | ``
          bytes=                           | 200 | 0123456789 | ``
          bytes 0-1                        | 200 | 0123456789 | ``
          items=0-1                        | 200 | 0123456789 | ``
          bytes=--1                        | 200 | 0123456789 | ``
          bytes=0-5,2-3                    | 200 | 0123456789 | ``
          """)
  void aRangeIsAnsweredToTheLetterOrNotAtAll(
      String range, int status, String body, String contentRange) throws Exception {
    String answer = door.owner("GET /ten.txt", "", "Range: " + range);
    assertThat(status(answer)).isEqualTo(status);
    assertThat(field(answer, "Content-Range")).isEqualTo(contentRange.replace("``", ""));
    if (status != 416) {
      assertThat(body(answer)).isEqualTo(body);
      assertThat(field(answer, "Content-Length")).isEqualTo(Integer.toString(body.length()));
    }
  }

  /// Takes a `multipart/byteranges` apart by the rules of RFC 2046 alone: `range=bytes`.
  private static List<String> parts(String answer) {
    Matcher type =
        Pattern.compile("multipart/byteranges; boundary=([0-9a-f]{32})")
            .matcher(field(answer, "Content-Type"));
    assertThat(type.matches()).isTrue();
    String delimiter = "\r\n--" + type.group(1);
    List<String> parts = new ArrayList<>();
    String rest = "\r\n" + body(answer);
    assertThat(body(answer)).hasSize(Integer.parseInt(field(answer, "Content-Length")));
    while (!rest.equals(delimiter + "--\r\n")) {
      assertThat(rest).startsWith(delimiter + "\r\n");
      int end = rest.indexOf(delimiter, delimiter.length());
      String part = rest.substring(delimiter.length(), end);
      assertThat(field(part, "Content-Type")).isEqualTo("text/plain;charset=utf-8");
      parts.add(field(part, "Content-Range") + "=" + body(part));
      rest = rest.substring(end);
    }
    return parts;
  }

  @Test
  void severalRangesComeInTheOrderAskedFor() throws Exception {
    String answer = door.owner("GET /ten.txt", "", "Range: bytes=7-8, 0-0,-1,2-4");
    assertThat(status(answer)).isEqualTo(206);
    assertThat(parts(answer))
        .containsExactly("bytes 7-8/10=78", "bytes 0-0/10=0", "bytes 9-9/10=9", "bytes 2-4/10=234");
  }

  @Test
  void rangesOfALargeFileHoldItsBytes() throws Exception {
    int size = 300_000;
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i % 251);
    }
    Files.write(door.folder().resolve("large.txt"), bytes);
    String whole = new String(bytes, ISO_8859_1);
    String answer = door.owner("GET /large.txt", "", "Range: bytes=100000-299999,0-70000");
    assertThat(parts(answer))
        .containsExactly(
            "bytes 100000-299999/300000=" + whole.substring(100_000),
            "bytes 0-70000/300000=" + whole.substring(0, 70_001));
    assertThat(body(door.owner("GET /large.txt", ""))).isEqualTo(whole);
  }

  @Test
  void headHasTheFieldsOfGetAndNothingElse() throws Exception {
    for (String more : List.of("X: y", "Want-Repr-Digest: sha-256=1", "If-None-Match: *")) {
      String got = door.owner("GET /ten.txt", "", more);
      String asked = door.owner("HEAD /ten.txt", "", more);
      assertThat(head(asked)).isEqualTo(head(got));
      assertThat(body(asked)).isEmpty();
    }
    assertThat(status(door.owner("HEAD /ten.txt", "", "Range: bytes=0-1"))).isEqualTo(200);
    assertThat(head(door.owner("HEAD /dir", ""))).isEqualTo(head(door.owner("GET /dir", "")));
    assertThat(head(door.owner("HEAD /none", ""))).isEqualTo(head(door.owner("GET /none", "")));
    assertThat(head(door.owner("HEAD /empty", ""))).contains("Content-Length: 0\r\n");
  }

  @Test
  void theNextRequestOnTheConnectionIsIntact() throws Exception {
    String key = "Host: localhost\nAuthorization: Bearer " + door.ownerKey() + "\n";
    String answers =
        door.ask(
            "HEAD /ten.txt HTTP/1.1\n"
                + key
                + "\n"
                + "GET /ten.txt HTTP/1.1\n"
                + key
                + "Content-Length: 5\n\nhello"
                + "GET /ten.txt HTTP/1.1\n"
                + key
                + "Transfer-Encoding: chunked\n\n"
                + "5\nhello\n0\n\n"
                + "GET /none HTTP/1.1\n"
                + key
                + "\n"
                + "HEAD /none HTTP/1.1\n"
                + key
                + "\n"
                + "GET /ten.txt HTTP/1.1\n"
                + key
                + "Connection: close\n\n");
    assertThat(answers.split("HTTP/1.1 200 OK\r\n", -1)).hasSize(5);
    assertThat(answers.split("HTTP/1.1 404 Not Found\r\n", -1)).hasSize(3);
    assertThat(answers.split("\r\n\r\n" + TEN, -1)).hasSize(4);
    assertThat(answers).endsWith(TEN);
  }

  @Test
  void aBodyThatMeansNothingIsTakenUpToALimit() throws Exception {
    assertThat(door.owner("GET /ten.txt", "x".repeat(65_536))).endsWith(TEN);
    assertThat(status(door.owner("GET /ten.txt", "x".repeat(65_537)))).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          If-None-Match: TAG                              | 304
          If-None-Match: W/TAG                            | 304
          If-None-Match: "x", TAG                         | 304
          If-None-Match: *                                | 304
          If-None-Match: "x"                              | 200
          If-Modified-Since: DATE                         | 304
          If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT | 200
          If-Match: TAG                                   | 200
          If-Match: *                                     | 200
          If-Match: W/TAG                                 | 412
          If-Match: "x"                                   | 412
          If-Unmodified-Since: DATE                       | 200
          If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT | 412
          If-Match: x                                     | 400
          If-None-Match: "x                               | 400
          If-Match: "x";Range: bytes=99-                  | 412
          If-None-Match: TAG;Range: bytes=99-             | 304
          If-Match: TAG;Range: bytes=0-1                  | 206
          If-Range: TAG;Range: bytes=0-1                  | 206
          If-Range: W/TAG;Range: bytes=0-1                | 200
          If-Range: "x";Range: bytes=0-1                  | 200
          If-Range: DATE;Range: bytes=0-1                 | 200
          If-Range: x;Range: bytes=99-                    | 200
          """)
  void conditionsComeBeforeRanges(String fields, int status) throws Exception {
    String now = door.owner("HEAD /ten.txt", "");
    String[] sent =
        fields
            .replace("TAG", field(now, "ETag"))
            .replace("DATE", field(now, "Last-Modified"))
            .split(";", -1);
    String answer = door.owner("GET /ten.txt", "", sent);
    assertThat(status(answer)).isEqualTo(status);
    if (status == 304) {
      assertThat(field(answer, "ETag")).isEqualTo(field(now, "ETag"));
      assertThat(field(answer, "Content-Length")).isEmpty();
      assertThat(body(answer)).isEmpty();
    }
  }

  @Test
  void tenThousandTagsAreTooMany() throws Exception {
    assertThat(status(door.owner("GET /ten.txt", "", "If-Match: " + "\"x\",".repeat(10_000))))
        .isEqualTo(431);
  }

  @Test
  void rangesOfTwoVersionsAreNeverSpliced() throws Exception {
    Path file = Files.writeString(door.folder().resolve("spliced"), "aaaa");
    String first = door.owner("GET /spliced", "", "Range: bytes=0-1");
    assertThat(body(first)).isEqualTo("aa");
    Files.writeString(file, "bbbb");
    for (String name : List.of("ETag", "Last-Modified")) {
      String second =
          door.owner("GET /spliced", "", "Range: bytes=2-3", "If-Range: " + field(first, name));
      assertThat(status(second)).isEqualTo(200);
      assertThat(body(second)).isEqualTo("bbbb");
    }
    assertThat(
            status(
                door.owner(
                    "GET /spliced", "", "Range: bytes=2-3", "If-Match: " + field(first, "ETag"))))
        .isEqualTo(412);
  }

  @Test
  void digestsAreToldWhereTheyAreKnownOrWanted() throws Exception {
    assertThat(status(door.owner("PUT /summed", "123456789"))).isEqualTo(201);
    assertThat(field(door.owner("GET /summed", ""), "Repr-Digest")).isEqualTo("crc32c=:4waSgw==:");
    assertThat(field(door.owner("GET /summed", "", "Range: bytes=0-1"), "Repr-Digest"))
        .isEqualTo("crc32c=:4waSgw==:");
    assertThat(
            field(
                door.owner("GET /summed", "", "Want-Repr-Digest: sha-256=10, md5=3"),
                "Repr-Digest"))
        .isEqualTo("crc32c=:4waSgw==:, sha-256=:FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=:");
    assertThat(field(door.owner("GET /summed", "", "Want-Repr-Digest: sha-256=0"), "Repr-Digest"))
        .isEqualTo("crc32c=:4waSgw==:");
    Files.writeString(door.folder().resolve("summed"), "987654321");
    assertThat(field(door.owner("GET /summed", ""), "Repr-Digest")).isEmpty();
  }

  @Test
  void aFolderIsShownUnderItsOwnNameOnly() throws Exception {
    assertThat(door.owner("GET /dir", ""))
        .startsWith("HTTP/1.1 308 ")
        .contains("\r\nLocation: /dir/\r\n");
    assertThat(status(door.owner("GET /ten.txt/", ""))).isEqualTo(404);
    String link = door.link("list", "/");
    assertThat(door.as("", "GET /dir?key=" + link, ""))
        .contains("\r\nLocation: /dir/?key=" + link + "\r\n");
  }

  @Test
  void aKeyLearnsNothingBeyondItsRights() throws Exception {
    String get = door.key("get", "/");
    assertThat(status(door.as(get, "GET /ten.txt", ""))).isEqualTo(200);
    assertThat(status(door.as(get, "GET /dir", ""))).isEqualTo(404);
    assertThat(status(door.as(get, "GET /dir/", ""))).isEqualTo(403);
    String list = door.key("list", "/");
    assertThat(status(door.as(list, "GET /ten.txt", ""))).isEqualTo(403);
    assertThat(status(door.as(list, "GET /none", ""))).isEqualTo(403);
    assertThat(status(door.as(list, "GET /dir", ""))).isEqualTo(308);
    assertThat(status(door.as(door.key("get", "dir/"), "GET /ten.txt", ""))).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /none", "GET /.privateshare/none", "PUT /ten.txt", "GET /a//b"})
  void everyRefusalIsSafeToLookAt(String line) throws Exception {
    assertThat(door.owner(line, ""))
        .contains(
            "\r\nX-Content-Type-Options: nosniff\r\n",
            "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n",
            "\r\nReferrer-Policy: no-referrer\r\n",
            "\r\nCache-Control: no-store\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"page.html", "a.svg", "noend", "a.xml"})
  void whatCouldRunIsSavedNotShown(String name) throws Exception {
    Files.writeString(door.folder().resolve(name), "<script>alert(1)</script>");
    assertThat(door.owner("GET /" + name, ""))
        .contains("\r\nContent-Type: application/octet-stream\r\n")
        .contains("\r\nContent-Disposition: attachment; filename=\"" + name + "\"");
  }

  @Test
  void noNameBreaksOutOfItsField() throws Exception {
    Files.writeString(door.folder().resolve("a\";b%0d%0a"), "x");
    assertThat(door.owner("GET /a%22;b%250d%250a", ""))
        .contains(
            "\r\nContent-Disposition: attachment; filename=\"a\\\";b_0d_0a\";"
                + " filename*=UTF-8''a%22%3Bb%250d%250a\r\n");
  }

  private static String begin(RawPeer peer, String path) throws IOException {
    peer.tell(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + door.ownerKey()
            + "\r\nConnection: close\r\n\r\n");
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append(peer.read(1));
    }
    return head.toString();
  }

  private static Path cuttable(String name) throws IOException {
    Path file = door.folder().resolve(name);
    try (FileChannel sparse =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var _ = sparse.write(ByteBuffer.wrap(new byte[1]), (64 << 20) - 1);
    }
    return file;
  }

  private static void cut(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var _ = channel.truncate(1 << 20);
    }
  }

  @Test
  void aFileThatIsCutWhileItIsSentEndsInAReset() throws Exception {
    Path file = cuttable("cut");
    try (RawPeer peer = door.connect()) {
      assertThat(begin(peer, "/cut")).contains("Content-Length: " + (64 << 20));
      cut(file);
      assertThatThrownBy(peer::readAll).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aCutFileIsNeverAnEndInHttp2Either() throws Exception {
    Path file = cuttable("cut2");
    Process curl =
        new ProcessBuilder(
                "curl",
                "-sSk",
                "--http2",
                "--max-time",
                "20",
                "--limit-rate",
                "4M",
                "-H",
                "Authorization: Bearer " + door.ownerKey(),
                "-o",
                root.resolve("got").toString(),
                "https://127.0.0.1:" + door.port() + "/cut2")
            .redirectErrorStream(true)
            .start();
    while (!Files.exists(root.resolve("got"))) {
      Thread.onSpinWait();
    }
    cut(file);
    String said = new String(curl.getInputStream().readAllBytes(), ISO_8859_1);
    // 92: a stream of HTTP/2 was not closed cleanly.
    assertThat(curl.waitFor()).as(said).isEqualTo(92);
  }

  @Test
  void aFileThatIsReplacedWhileItIsSentStaysItself() throws Exception {
    Path file = Files.write(door.folder().resolve("kept"), new byte[16 << 20]);
    try (RawPeer peer = door.connect()) {
      assertThat(begin(peer, "/kept")).startsWith("HTTP/1.1 200 OK\r\n");
      Path other = Files.writeString(root.resolve("other"), "x".repeat(1000));
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      byte[] rest = peer.readAll();
      assertThat(Arrays.equals(rest, new byte[16 << 20])).isTrue();
    }
  }
}
