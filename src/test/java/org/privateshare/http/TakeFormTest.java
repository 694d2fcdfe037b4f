package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateshare.net.Deadlines;
import org.privateshare.net.RawPeer;
import org.privateshare.share.Limits;

/// Uploads by a form as `docs/page.md` says, damaged and hostile ones too, through the real server.
@Timeout(60)
final class TakeFormTest {
  private static final String TYPE = "Content-Type: multipart/form-data; boundary=xY";
  private static final String JSON = "Accept: application/json";
  private static final String END = "--xY--\r\n";

  @TempDir private Path root;
  private DoorFixture door;

  @BeforeEach
  void start() throws IOException {
    door = DoorFixture.in(root);
    Files.createDirectory(door.folder().resolve("in"));
    Files.writeString(in("kept.txt"), "kept");
  }

  @AfterEach
  void stop() throws IOException {
    door.close();
  }

  private Path in(String name) {
    return door.folder().resolve("in").resolve(name);
  }

  private static String part(String disposition, String content) {
    return "--xY\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
  }

  private static String file(String name, String content) {
    return part("name=\"file\"; filename=\"" + latin(name) + "\"", content);
  }

  private static String taken(String word) {
    return part("name=\"taken\"", word);
  }

  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(ISO_8859_1), UTF_8);
  }

  private String post(String form, String... fields) throws IOException {
    return postAs(door.ownerKey(), form, fields);
  }

  private String postAs(String key, String form, String... fields) throws IOException {
    String[] all = Stream.concat(Stream.of(TYPE), Stream.of(fields)).toArray(String[]::new);
    return door.as(key, "POST /in/", form, all);
  }

  private List<String> lines(String form) throws IOException {
    String answer = post(form, JSON);
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(field(answer, "Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(door.isStagingEmpty()).isTrue();
    return utf8(body(answer)).lines().toList();
  }

  @Test
  void everyFileGetsItsLine() throws Exception {
    assertThat(
            lines(
                taken("refuse")
                    + file("a.txt", "123456789")
                    + file("kept.txt", "other")
                    + file("é 😀.txt", "")
                    + part("name=\"file\"; filename=\"\"", "")
                    + file("CON", "x")
                    + END))
        .containsExactly(
            "{\"path\":\"in/a.txt\",\"result\":\"stored\",\"size\":9,"
                + "\"digest\":\"crc32c:e3069283\"}",
            "{\"path\":\"kept.txt\",\"result\":\"exists\",\"code\":\"taken\","
                + "\"detail\":\"\\\"in/kept.txt\\\" exists already\"}",
            "{\"path\":\"in/é 😀.txt\",\"result\":\"stored\",\"size\":0,"
                + "\"digest\":\"crc32c:00000000\"}",
            "{\"path\":\"CON\",\"result\":\"refused\",\"code\":\"bad-name\","
                + "\"detail\":\"the name \\\"CON\\\" is a device name on Windows\"}",
            "{\"end\":{\"members\":4,\"stored\":2,\"replaced\":0,\"made\":0,\"unchanged\":0,"
                + "\"exists\":1,\"refused\":1}}");
    assertThat(in("a.txt")).hasContent("123456789");
    assertThat(in("kept.txt")).hasContent("kept");
    assertThat(in("é 😀.txt")).isEmptyFile();
  }

  @Test
  void textIsALineAFile() throws Exception {
    String answer = post(file("a.txt", "123456789") + file("kept.txt", "x") + END);
    assertThat(field(answer, "Content-Type")).isEqualTo("text/plain;charset=utf-8");
    assertThat(body(answer))
        .isEqualTo(
            """
            stored in/a.txt: 9 bytes, crc32c:e3069283
            taken kept.txt: "in/kept.txt" exists already
            """);
  }

  @Test
  void aBrowserGetsAPageWithALinkBack() throws Exception {
    String name = "a'&b.txt";
    String answer = post(file(name, "1") + file("kept.txt", "x") + END, "Accept: text/html");
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(field(answer, "Content-Security-Policy")).contains("script-src 'self'");
    Document page = Jsoup.parse(utf8(body(answer)));
    assertThat(page.select("ul.results li.stored bdi").text()).isEqualTo(name);
    assertThat(page.select("ul.results li.exists").text()).contains("kept.txt", "exists already");
    assertThat(page.select("main a").attr("href")).isEqualTo("/in/");
    assertThat(utf8(body(post(END, "Accept: text/html")))).contains("No file was chosen.");
  }

  @Test
  void bothAreKeptWhereThatIsAskedFor() throws Exception {
    Files.writeString(in("kept (2).txt"), "second");
    assertThat(
            lines(
                taken("rename")
                    + file("kept.txt", "1")
                    + file("KEPT.txt", "2")
                    + file("new", "3")
                    + file("New", "4")
                    + END))
        .extracting(line -> line.replaceAll(".*\"path\":\"in/([^\"]*)\".*", "$1"))
        .startsWith("kept (3).txt", "KEPT (4).txt", "new", "New (2)");
    assertThat(in("kept.txt")).hasContent("kept");
    assertThat(in("kept (3).txt")).hasContent("1");
    assertThat(in("New (2)")).hasContent("4");
  }

  @Test
  void oneIsReplacedWhereThatIsAskedForAndTheKeyMay() throws Exception {
    String form = taken("replace") + file("kept.txt", "new") + END;
    String denied = postAs(door.key("list,get,put", "/"), form);
    assertThat(denied).startsWith("HTTP/1.1 403 ").contains("\r\n\r\ndenied: ");
    assertThat(in("kept.txt")).hasContent("kept");
    assertThat(postAs(door.key("put,replace", "in/"), form, JSON)).contains("\"replaced\"");
    assertThat(in("kept.txt")).hasContent("new");
    assertThat(body(door.owner("GET /.privateshare/history/in/kept.txt", ""))).isNotEmpty();
  }

  @Test
  void twinsInOneFormDontGetInEachOthersWay() throws Exception {
    assertThat(lines(file("Twin", "1") + file("twin", "2") + file("Twin", "3") + END))
        .extracting(line -> line.replaceAll(".*\"result\":\"([a-z]*)\".*", "$1"))
        .startsWith("stored", "exists", "exists");
    assertThat(in("Twin")).hasContent("1");
  }

  static Stream<Arguments> damaged() {
    String good = file("good", "1");
    return Stream.of(
        Arguments.of("no name", part("filename=\"a\"", "x") + END, "damaged"),
        Arguments.of("a path", file("../x", "x") + END, "bad-name"),
        Arguments.of("a path of Windows", file("C:\\x\\a.txt", "x") + END, "bad-name"),
        Arguments.of("a path below", file("sub/x", "x") + END, "bad-name"),
        Arguments.of("a quoted pair", file("a\\\"b", "x") + END, "bad-name"),
        Arguments.of("filename*", part("name=\"file\"; filename*=UTF-8''a", "x") + END, "damaged"),
        Arguments.of("no UTF-8", part("name=\"file\"; filename=\"\u00ff\"", "x") + END, "damaged"),
        Arguments.of("two names", part("name=\"file\"; name=\"file\"", "x") + END, "damaged"),
        Arguments.of("no file name", part("name=\"file\"", "x") + END, "bad-request"),
        Arguments.of(
            "content of no file", part("name=\"file\"; filename=\"\"", "x") + END, "damaged"),
        Arguments.of("another field", part("name=\"other\"", "x") + END, "bad-request"),
        Arguments.of("taken late", taken("rename") + END, "bad-request"),
        Arguments.of("another choice", taken("maybe") + good + END, "bad-request"),
        Arguments.of("a long choice", taken("x".repeat(100_000)) + good + END, "bad-request"),
        Arguments.of("two choices", taken("rename") + taken("rename") + END, "bad-request"),
        Arguments.of("10,000 parts", file("n", "").repeat(10_000) + END, "damaged|too-large"),
        Arguments.of("101 files", file("n", "").repeat(101) + END, "too-large"),
        Arguments.of(
            "a head of 1 MiB",
            "--xY\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n\r\n" + END,
            "damaged"),
        Arguments.of("no last boundary", "", "damaged"),
        Arguments.of("half a boundary", "--x", "damaged"),
        Arguments.of("half an end", "--xY-", "damaged"),
        Arguments.of("a part without an end", file("b", "x"), "damaged"),
        Arguments.of("lines with LF", END.replace("--xY", "--xY\n"), "damaged"),
        Arguments.of(
            "nested",
            "--xY\r\nContent-Disposition: form-data; name=\"file\"\r\n"
                + "Content-Type: multipart/mixed; boundary=z\r\n\r\n--z--\r\n"
                + END,
            "bad-request"),
        Arguments.of(
            "two dispositions",
            "--xY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"b\"\r\n\r\nx\r\n"
                + END,
            "damaged"),
        Arguments.of(
            "a transfer encoding",
            "--xY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\neA==\r\n"
                + END,
            "damaged"),
        Arguments.of("no form", "hello", "damaged"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damaged")
  void aDamagedFormPublishesNothing(String what, String form, String code) throws Exception {
    Map<String, String> before = door.snapshot();
    String first = what.equals("no form") ? "" : file("good", "1");
    String answer = post(first + form);
    assertThat(status(answer)).isEqualTo(code.endsWith("too-large") ? 413 : 400);
    assertThat(body(answer)).matches("(?s)(" + code + "): .*");
    door.assertHarmless(before, answer);
  }

  @Test
  void aCutFormPublishesNothing() throws Exception {
    String form = file("a", "1") + file("b", "2") + END;
    Map<String, String> before = door.snapshot();
    try (RawPeer peer = door.connect()) {
      peer.tell("POST /in/ HTTP/1.1\r\nHost: localhost\r\n" + TYPE + "\r\n");
      peer.tell("Authorization: Bearer " + door.ownerKey() + "\r\n");
      peer.tell("Content-Length: " + form.length() + "\r\n\r\n" + form.replace(END, ""));
      peer.end();
      assertThat(new String(peer.readAll(), ISO_8859_1)).doesNotContain("HTTP/1.1 200 ");
    }
    assertThat(door.snapshot()).isEqualTo(before);
    assertThat(door.isStagingEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "list,get ! / ! POST /in/ ! ! 403 ! denied",
        "put ! other/ ! POST /in/ ! ! 404 ! missing",
        "put ! / ! POST /in/?replace ! ! 400 ! bad-request",
        "put ! / ! POST /in/ ! If-Match: \"x\" ! 400 ! bad-request",
        "put ! / ! POST /in/ ! Content-Encoding: gzip ! 415 ! encoding",
        "put ! / ! POST /in/ ! Content-Digest: sha-256=:AA==: ! 400 ! bad-request",
        "put ! / ! POST /in/ ! Content-Length: 9223372036854775807 ! 507 ! no-space",
        "put ! / ! POST /in/ ! Content-Type: text/plain ! 415 ! encoding",
        "put ! / ! POST /in/ ! Content-Type: multipart/form-data ! 400 ! bad-request"
      })
  void whatCantBeIsRefusedBeforeTheBody(
      String rights, String path, String line, String field, int status, String code)
      throws Exception {
    String said = field == null ? "X: y" : field;
    String type = said.startsWith("Content-Type") ? "Y: z" : TYPE;
    String length = said.startsWith("Content-Length") ? "Y: z" : "Content-Length: 1000";
    String answer =
        door.as(door.key(rights, path), line, "", said, type, length, "Expect: 100-continue");
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("\r\n\r\n" + code + ": ")
        .doesNotContain("100 Continue");
  }

  @Test
  void aReadOnlyShareTakesNoForm(@TempDir Path other) throws Exception {
    Limits still = new Limits(Long.MAX_VALUE, 0, true);
    try (DoorFixture shut = DoorFixture.in(other, HttpOptions.DEFAULT, still, Deadlines.DEFAULT)) {
      String answer =
          shut.owner("POST /", "", TYPE, "Content-Length: 1000", "Expect: 100-continue");
      assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("100 Continue");
    }
  }

  @Test
  void aFileThatIsTooLargeIsLeftOutByItself(@TempDir Path other) throws Exception {
    Limits small = new Limits(3, 0, false);
    try (DoorFixture tight = DoorFixture.in(other, HttpOptions.DEFAULT, small, Deadlines.DEFAULT)) {
      String form = file("large", "1234") + file("small", "123") + END;
      String answer = tight.owner("POST /", form, TYPE, JSON);
      assertThat(body(answer)).contains("\"code\":\"too-large\"", "\"path\":\"small\"");
      assertThat(tight.folder().resolve("large")).doesNotExist();
      assertThat(tight.folder().resolve("small")).hasContent("123");
      assertThat(tight.isStagingEmpty()).isTrue();
    }
  }

  @Test
  void aDigestOfTheBodyIsVerified() throws Exception {
    Map<String, String> before = door.snapshot();
    String answer =
        post(
            file("a", "1") + END,
            "Content-Digest: sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\r\n\r\nmismatch: ");
    door.assertHarmless(before, answer);
  }

  @Test
  void largeFilesComeAsTheyAre() throws Exception {
    String content = ("0123456789\r\n--x\r\n" + "-".repeat(1_000)).repeat(3_000);
    assertThat(lines(file("large", content) + file("b", "\r\n") + END)).hasSize(3);
    assertThat(Files.readString(in("large"), ISO_8859_1)).isEqualTo(content);
    assertThat(in("b")).hasBinaryContent("\r\n".getBytes(UTF_8));
  }
}
