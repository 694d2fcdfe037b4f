package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All below a folder in one listing, and listings with sums, through the real server.
@Timeout(60)
final class ListTreeTest {
  private static final FileTime THEN =
      FileTime.from(Instant.parse("2026-11-01T10:00:00.123456789Z"));

  /// A row of `photos/` without its time.
  private static final String DEEP = "{\"name\":\"2024/may/a.jpg\",\"type\":\"file\",\"size\":9,";

  /// The CRC-32C of `123456789`, as the catalogue of CRCs has it.
  private static final String NINE = ",\"digest\":\"crc32c:e3069283\"}";

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    Path photos = door.folder().resolve("photos");
    Path may = Files.createDirectories(photos.resolve("2024/may"));
    Files.writeString(may.resolve("a.jpg"), "123456789");
    Path _ = Files.setLastModifiedTime(may.resolve("a.jpg"), THEN);
    Files.writeString(photos.resolve("2024/.hidden"), "");
    Path _ = Files.createSymbolicLink(photos.resolve("2024/link"), may);
    Path _ = Files.createDirectory(photos.resolve("empty"));
    Files.writeString(photos.resolve("notes.txt"), "");
    Files.writeString(door.folder().resolve("beside.txt"), "");
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String get(String target) throws IOException {
    return body(door.owner("GET " + target, ""));
  }

  @Test
  void plainItIsAPathALineAFolderBeforeItsContent() throws Exception {
    List<String> paths = get("/photos/?recursive").lines().toList();
    assertThat(paths)
        .containsExactlyInAnyOrder("2024/", "2024/may/", "2024/may/a.jpg", "empty/", "notes.txt")
        .containsSubsequence("2024/", "2024/may/", "2024/may/a.jpg");
    assertThat(get("/?recursive").lines())
        .hasSize(7)
        .contains("photos/", "photos/2024/may/a.jpg", "beside.txt");
  }

  @Test
  void asJsonItHasTheMembersOfAnyListing() throws Exception {
    assertThat(get("/photos/?recursive&json"))
        .startsWith("{\"path\":\"photos/\",\"entries\":[\n")
        .contains("\n" + DEEP + "\"modified\":\"2026-11-01T10:00:00.123456789Z\"}")
        .contains("\n{\"name\":\"empty\",\"type\":\"folder\",\"modified\":")
        .doesNotContain("digest")
        .endsWith("}\n]}\n");
  }

  @Test
  void withSumsAFileIsReadForThemWhereNoneIsNoted() throws Exception {
    String modified = "\"modified\":\"2026-11-01T10:00:00.123456789Z\"";
    assertThat(get("/photos/?recursive&json&digest"))
        .contains("\n" + DEEP + modified + NINE, "crc32c:00000000")
        .containsOnlyOnce("crc32c:e3069283");
    assertThat(get("/photos/2024/may/?json&digest")).contains(modified + NINE);
    assertThat(get("/photos/2024/may/?json&limit=1&digest")).contains(modified + NINE);
    assertThat(get("/photos/2024/may/?digest")).isEqualTo("a.jpg\n");
  }

  @Test
  void withSumsItNeedsAKeyThatMayReadTheFiles() throws Exception {
    String key = door.key("list", "/");
    assertThat(door.as(key, "GET /photos/?recursive&json", "")).startsWith("HTTP/1.1 200 ");
    for (String query : List.of("recursive&json&digest", "json&digest")) {
      assertThat(door.as(key, "GET /photos/?" + query, ""))
          .startsWith("HTTP/1.1 403 ")
          .doesNotContain("a.jpg");
    }
    String putter = door.key("put", "/");
    assertThat(door.as(putter, "GET /photos/?recursive", "")).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recursive&limit=5",
        "recursive&cursor=x",
        "recursive=1",
        "recursive&recursive",
        "recursive&digest=1",
        "digest=x"
      })
  void whatIsNoTreeIsRefused(String query) throws Exception {
    assertThat(door.owner("GET /photos/?" + query, "")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void whereNoFolderIsNothingIsListed() throws Exception {
    for (String target : List.of("/none/", "/beside.txt/")) {
      assertThat(door.owner("GET " + target + "?recursive", "")).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void headAnswersWithTheHeadAlone() throws Exception {
    String answer = door.owner("HEAD /photos/?recursive&json&digest", "");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("application/json");
    assertThat(body(answer)).isEmpty();
  }
}
