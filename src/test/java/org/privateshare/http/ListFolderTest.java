package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.head;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.SharePath;

/// Folders over HTTP as `docs/http.md` says, through the real server.
@Timeout(60)
final class ListFolderTest {
  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    Path few = Files.createDirectories(door.folder().resolve("few"));
    for (String name : List.of("a.txt", "é", "B", "\u202ex", "<script>", "l\u2028m")) {
      Files.writeString(few.resolve(name), "123");
    }
    Files.createDirectory(few.resolve("z"));
    Files.writeString(few.resolve(".hidden"), "");
    Path many = Files.createDirectories(door.folder().resolve("many"));
    for (int i = 0; i < 1_200; i++) {
      Files.createFile(many.resolve("n" + i));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String get(String target, String... fields) throws IOException {
    return body(door.owner("GET " + target, "", fields));
  }

  @Test
  void itIsANameALineForPeople() throws Exception {
    String answer = door.owner("GET /few/", "");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains(
            "\r\nContent-Type: text/plain;charset=utf-8\r\n",
            "\r\nVary: Accept\r\n",
            "\r\nCache-Control: private, no-cache\r\n",
            "\r\nX-Content-Type-Options: nosniff\r\n",
            "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n");
    assertThat(body(answer).lines().map(ListFolderTest::utf8))
        .containsExactlyInAnyOrder(
            "a.txt", "é", "B", "\\u{202e}x", "<script>", "l\\u{2028}m", "z/");
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(ISO_8859_1), UTF_8);
  }

  @Test
  void itIsJsonForPrograms() throws Exception {
    for (String text :
        List.of(
            get("/few/?json"),
            get("/few/", "Accept: application/json"),
            get("/few/", "Accept: text/html;q=0.8, application/json;q=0.9"))) {
      assertThat(text).startsWith("{\"path\":\"few/\",\"entries\":[\n{\"name\":\"");
      assertThat(names(text))
          .containsExactlyInAnyOrder("a.txt", "é", "B", "\u202ex", "<script>", "l\u2028m", "z");
    }
  }

  /// What is under `key`, as an independent reader has it.
  private static List<String> names(String latin) throws IOException {
    return values(utf8(latin), "name");
  }

  private static List<String> values(String json, String key) throws IOException {
    List<String> found = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && key.equals(parser.currentName())) {
          found.add(parser.getText());
        }
      }
    }
    return found;
  }

  @Test
  void theShareItselfIsAFolderToo() throws Exception {
    assertThat(get("/").lines()).containsExactlyInAnyOrder("few/", "many/");
    assertThat(get("/?json")).startsWith("{\"path\":\"/\",\"entries\":[");
  }

  @Test
  void pagesShowAllNamesInTheirOrderWhileOthersComeAndGo() throws Exception {
    Path many = door.folder().resolve("many");
    List<String> seen = new ArrayList<>();
    Optional<String> next = Optional.of("");
    int pages = 0;
    while (next.isPresent()) {
      Files.createFile(many.resolve("comes" + pages));
      Files.deleteIfExists(many.resolve("comes" + (pages - 2)));
      String cursor = next.get().isEmpty() ? "" : "&cursor=" + next.get();
      String page = get("/many/?json&limit=200" + cursor);
      List<String> names = names(page);
      assertThat(names).hasSizeLessThanOrEqualTo(200).isSortedAccordingTo(NameOrder.CODE_POINTS);
      seen.addAll(names);
      next = values(page, "next").stream().findFirst();
      pages++;
    }
    seen.removeIf(name -> name.startsWith("comes"));
    assertThat(seen)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1_200).mapToObj(i -> "n" + i).toList());
    assertThat(pages).isGreaterThanOrEqualTo(6);
  }

  @Test
  void thePlainPageNamesTheNextOneInItsHead() throws Exception {
    String answer = door.owner("GET /few/?limit=3", "");
    String cursor = new Cursor(Place.of("a.txt")).text(SharePath.parse("few"), FolderView.ALL);
    assertThat(answer)
        .contains("\r\nLink: <?limit=3&cursor=" + cursor + ">; rel=\"next\"\r\n")
        .contains("<script>\n", "B\n", "a.txt\n");
    String rest = door.owner("GET /few/?limit=10000&cursor=" + cursor, "");
    assertThat(rest).doesNotContain("\r\nLink:");
    assertThat(body(rest).lines().map(ListFolderTest::utf8).collect(joining(" ")))
        .isEqualTo("l\\u{2028}m z/ é \\u{202e}x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=-1",
        "limit=0",
        "limit=10001",
        "limit=1000000000000",
        "limit=99999999999999999999",
        "limit=abc",
        "limit=",
        "limit",
        "limit=1e3",
        "limit=+1",
        "limit=01",
        "limit=1&limit=2",
        "cursor=",
        "cursor=abc",
        "limit=3&cursor=AAAAAAAAAABh",
        "json=1",
        "json&json"
      })
  void whatIsNoPageIsRefused(String query) throws Exception {
    assertThat(door.owner("GET /few/?" + query, "")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aCursorOfAnotherFolderIsRefused() throws Exception {
    String cursor = new Cursor(Place.of("a.txt")).text(SharePath.parse("many"), FolderView.ALL);
    assertThat(door.owner("GET /few/?limit=3&cursor=" + cursor, "")).startsWith("HTTP/1.1 400 ");
    assertThat(door.owner("GET /many/?limit=3&cursor=" + cursor, "")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void rangesAndConditionsDontApply() throws Exception {
    assertThat(door.owner("GET /few/", "", "Range: bytes=0-1", "If-Match: \"x\""))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContain("Accept-Ranges", "ETag");
  }

  @Test
  void headAnswersWithTheHeadAlone() throws Exception {
    for (String target : List.of("/few/", "/few/?json", "/few/?limit=3", "/none/")) {
      String got = door.owner("GET " + target, "");
      String asked = door.owner("HEAD " + target, "");
      assertThat(body(asked)).isEmpty();
      assertThat(head(asked)).isEqualTo(head(got).replace("Transfer-Encoding: chunked\r\n", ""));
    }
  }

  @Test
  void whatIsNoFolderIsNotThere() throws Exception {
    for (String target : List.of("/none/", "/few/a.txt/", "/few/.hidden/", "/.privateshare/")) {
      assertThat(door.owner("GET " + target, "")).startsWith("HTTP/1.1 404 ");
    }
  }
}
