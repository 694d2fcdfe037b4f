package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// DELETE of a folder with all in it, through the real server.
@Timeout(60)
final class RemoveTreeTest {
  private static final String DEEP = "d/".repeat(61) + "d";

  @TempDir private Path root;
  private DoorFixture door;

  @BeforeEach
  void start() throws IOException {
    door = DoorFixture.in(root);
    write("top/a", "1");
    write("top/sub/b", "2");
    write("top/" + DEEP + "/end", "3");
    Files.createDirectories(door.folder().resolve("top/empty"));
    write("beside", "4");
  }

  @AfterEach
  void stop() throws IOException {
    door.close();
  }

  private void write(String path, String text) throws IOException {
    Path file = door.folder().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void allOfItGoesIntoTheHistory() throws Exception {
    assertThat(status(door.owner("DELETE /top/?recursive", ""))).isEqualTo(204);
    assertThat(door.folder().resolve("top")).doesNotExist();
    assertThat(door.folder().resolve("beside")).hasContent("4");
    assertThat(body(door.owner("GET /.privateshare/history/top", "")).lines())
        .hasSize(3)
        .anyMatch(line -> line.endsWith(" top/a"))
        .anyMatch(line -> line.endsWith(" top/sub/b"))
        .anyMatch(line -> line.endsWith("/end"));
  }

  /// A file that no path can say, as another program puts it there, stays, and so does its folder.
  @Test
  void whatIsNotShownStopsIt() throws Exception {
    write("top/sub/.hidden", "5");
    String answer = door.owner("DELETE /top/?recursive", "");
    assertThat(answer).startsWith("HTTP/1.1 409 ").contains("not-empty");
    assertThat(door.folder().resolve("top/sub/.hidden")).hasContent("5");
    assertThat(door.folder().resolve("beside")).hasContent("4");
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path outside = Files.writeString(root.resolve("outside"), "6");
    Files.createSymbolicLink(door.folder().resolve("top/sub/link"), root);
    assertThat(status(door.owner("DELETE /top/?recursive", ""))).isEqualTo(409);
    assertThat(outside).hasContent("6");
  }

  @Test
  void whatIsNoFolderOrNotAsAskedStays() throws Exception {
    var before = door.snapshot();
    assertThat(status(door.owner("DELETE /beside/?recursive", ""))).isEqualTo(404);
    assertThat(status(door.owner("DELETE /none/?recursive", ""))).isEqualTo(404);
    assertThat(status(door.owner("DELETE /beside?recursive", ""))).isEqualTo(400);
    assertThat(status(door.owner("DELETE /top/?recursive=1", ""))).isEqualTo(400);
    assertThat(status(door.owner("DELETE /top/?recursive&x", ""))).isEqualTo(400);
    assertThat(status(door.owner("DELETE /top/", ""))).isEqualTo(409);
    assertThat(status(door.owner("DELETE /top/?recursive", "", "If-Match: *"))).isEqualTo(400);
    assertThat(status(door.owner("DELETE /?recursive", ""))).isEqualTo(403);
    String key = door.key("list,get,put,delete", "top/");
    assertThat(status(door.as(key, "DELETE /top/?recursive", ""))).isEqualTo(403);
    assertThat(door.snapshot()).isEqualTo(before);
    assertThat(status(door.as(key, "DELETE /top/sub/?recursive", ""))).isEqualTo(204);
  }
}
