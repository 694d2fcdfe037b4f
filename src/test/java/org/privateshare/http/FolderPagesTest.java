package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.head;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
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
import org.privateshare.model.SharePath;

/// Pages that are sorted and filtered, as `docs/page.md` says, through the real server.
@Timeout(60)
final class FolderPagesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    file("a10", 30, 0);
    file("A9", 10, 3);
    file("a9", 20, 1);
    file("b", 10, 2);
    file("é.txt", 40, 1);
    file("e\u0301.TXT", 0, -5_000_000_000L);
    folder("Z", 9);
    folder("y", 8);
  }

  private static void file(String name, int size, long seconds) throws IOException {
    Path file = Files.createDirectories(door.folder().resolve("box")).resolve(name);
    Files.write(file, new byte[size]);
    Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(seconds)));
  }

  private static void folder(String name, long seconds) throws IOException {
    Path folder = Files.createDirectory(door.folder().resolve("box").resolve(name));
    Files.setLastModifiedTime(folder, FileTime.from(NOON.plusSeconds(seconds)));
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String get(String query) throws IOException {
    String answer = door.owner("GET /box/?" + query, "");
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    return new String(body(answer).getBytes(ISO_8859_1), UTF_8);
  }

  /// The values of a member, as an independent reader has them.
  private static List<String> values(String json, String member) throws IOException {
    List<String> found = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.FIELD_NAME && member.equals(parser.currentName())) {
          found.add(parser.getText());
        }
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "sort=name, y Z A9 a9 a10 b é.TXT é.txt",
    "order=ascending, y Z A9 a9 a10 b é.TXT é.txt",
    "sort=name&order=descending, Z y é.txt é.TXT b a10 a9 A9",
    "order=descending, Z y é.txt é.TXT b a10 a9 A9",
    "sort=size, y Z é.TXT A9 b a9 a10 é.txt",
    "sort=size&order=descending, Z y é.txt a10 a9 b A9 é.TXT",
    "sort=modified, y Z é.TXT a10 a9 é.txt b A9",
    "sort=modified&order=descending, Z y A9 b é.txt a9 a10 é.TXT",
    "limit=10, A9 Z a10 a9 b é.TXT y é.txt",
    "match=TXT, é.TXT é.txt",
    "sort=size&match=%C3%89&order=descending, é.txt é.TXT",
    "sort=name&match=a, A9 a9 a10",
    "sort=name&match=, y Z A9 a9 a10 b é.TXT é.txt",
    "sort=name&match=none, ''"
  })
  void itIsSortedAndFilteredInEveryPageSize(String query, String expected) throws Exception {
    List<String> names = expected.isEmpty() ? List.of() : List.of(expected.split(" "));
    for (int limit : new int[] {1, 2, 3, 7, 8, 9, 10_000}) {
      List<String> seen = new ArrayList<>();
      String more = "";
      do {
        String page = get("json&" + query.replace("limit=10", "") + "&limit=" + limit + more);
        List<String> rows = values(page, "name");
        assertThat(rows).hasSizeLessThanOrEqualTo(limit);
        assertThat(values(page, "total")).containsExactly(Integer.toString(names.size()));
        rows.forEach(name -> seen.add(name.equals("e\u0301.TXT") ? "é.TXT" : name));
        List<String> next = values(page, "next");
        more = next.isEmpty() ? "" : "&cursor=" + next.getFirst();
      } while (!more.isEmpty());
      assertThat(seen).isEqualTo(names);
    }
  }

  @Test
  void inFormsAPlusIsASpace() throws Exception {
    file("two words+", 1, 0);
    try {
      for (String match : List.of("o+w", "o%20w", "s%2B")) {
        assertThat(values(get("json&match=" + match), "name")).containsExactly("two words+");
      }
      assertThat(values(get("json&match=s+"), "name")).isEmpty();
    } finally {
      Files.delete(door.folder().resolve("box/two words+"));
    }
  }

  @Test
  void thePlainPageNamesTheNextOneInItsHead() throws Exception {
    Pattern link = Pattern.compile("\r\nLink: <(\\?[^>]*)>; rel=\"next\"\r\n");
    String target = "?limit=2&sort=modified&order=descending&match=+a%C3%a9";
    file("x aé", 1, 0);
    file("y aé", 1, 1);
    file("z aé", 1, 2);
    try {
      String answer = door.owner("GET /box/" + target, "");
      assertThat(body(answer).getBytes(ISO_8859_1)).isEqualTo("z aé\ny aé\n".getBytes(UTF_8));
      Matcher found = link.matcher(head(answer) + "\r\n");
      assertThat(found.find()).isTrue();
      assertThat(found.group(1))
          .startsWith("?limit=2&sort=modified&order=descending&match=%20a%C3%A9&cursor=");
      String rest = door.owner("GET /box/" + found.group(1), "");
      assertThat(body(rest).getBytes(ISO_8859_1)).isEqualTo("x aé\n".getBytes(UTF_8));
      assertThat(rest).doesNotContain("\r\nLink:");
    } finally {
      for (String name : List.of("x aé", "y aé", "z aé")) {
        Files.delete(door.folder().resolve("box").resolve(name));
      }
    }
  }

  @Test
  void pagesGoOnBehindWhatHasGone() throws Exception {
    file("a9x", 25, 0);
    String first = get("json&sort=size&limit=7");
    assertThat(values(first, "name")).endsWith("a9", "a9x");
    Files.delete(door.folder().resolve("box/a9x"));
    String cursor = values(first, "next").getFirst();
    assertThat(values(get("json&sort=size&cursor=" + cursor), "name")).first().isEqualTo("a10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=",
        "sort=Name",
        "sort=date",
        "sort=name&sort=size",
        "order=",
        "order=down",
        "order=ascending&order=ascending",
        "match=a&match=b",
        "match=%ff",
        "sort=name&limit=0",
        "recursive&sort=name",
        "recursive&match=a"
      })
  void whatIsNoPageIsRefused(String query) throws Exception {
    assertThat(door.owner("GET /box/?" + query, "")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aCursorOfAnotherViewIsRefused() throws Exception {
    String query = "sort=name&order=ascending&match=a";
    String cursor =
        new Cursor(new Place(false, 0, 0, "a9"))
            .text(SharePath.parse("box"), new FolderView(Sort.NAME, false, "a"));
    assertThat(get("json&" + query + "&cursor=" + cursor)).contains("a10");
    for (String other :
        List.of(
            "",
            "sort=name",
            "match=a",
            "sort=name&match=A",
            "sort=size&match=a",
            "sort=name&order=descending&match=a")) {
      assertThat(door.owner("GET /box/?" + other + "&cursor=" + cursor, ""))
          .startsWith("HTTP/1.1 400 ");
    }
  }
}
