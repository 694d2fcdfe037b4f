package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Visit;

/// What is asked for is done, answered and told to the log.
@Timeout(60)
final class DoorTest {
  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static void assertVisit(String action, String path, int status, String end)
      throws InterruptedException {
    Visit visit = door.nextVisit();
    assertThat(visit.action()).isEqualTo(action);
    assertThat(visit.path()).isEqualTo(path);
    assertThat(visit.status()).hasValue(status);
    assertThat(visit.end()).isEqualTo(end);
  }

  @Test
  void aFileIsPutReplacedMovedAndRemoved() throws Exception {
    assertThat(door.owner("PUT /inbox/a.txt", "123456789"))
        .startsWith("HTTP/1.1 201 Created\r\n")
        .contains("\r\nLocation: /inbox/a.txt\r\n", "\r\nRepr-Digest: crc32c=:4waSgw==:\r\n")
        .containsPattern("\r\nETag: \"[^\"]+\"\r\n")
        .endsWith("\r\n\r\nstored inbox/a.txt: 9 bytes, crc32c:e3069283\n");
    assertVisit("PUT", "inbox/a.txt", 201, "stored");
    assertThat(door.owner("PUT /inbox/a.txt", "other")).startsWith("HTTP/1.1 409 Conflict\r\n");
    assertVisit("PUT", "inbox/a.txt", 409, "taken");
    assertThat(door.owner("PUT /inbox/a.txt?replace", "other")).startsWith("HTTP/1.1 200 OK\r\n");
    assertVisit("PUT", "inbox/a.txt", 200, "stored");
    assertThat(door.owner("MKCOL /old/", "")).startsWith("HTTP/1.1 201 Created\r\n");
    assertVisit("MKCOL", "old/", 201, "made");
    assertThat(door.owner("MOVE /inbox/a.txt", "", "Destination: /old/b.txt"))
        .startsWith("HTTP/1.1 201 Created\r\n")
        .contains("\r\nLocation: /old/b.txt\r\n");
    assertVisit("MOVE", "inbox/a.txt", 201, "moved");
    assertThat(root.resolve("share/old/b.txt")).hasContent("other");
    assertThat(door.owner("DELETE /old/b.txt", "")).startsWith("HTTP/1.1 204 No Content\r\n");
    assertVisit("DELETE", "old/b.txt", 204, "removed");
    assertThat(root.resolve("share/old")).isEmptyDirectory();
  }

  @Test
  void aReceiptIsJsonWhereThatIsAccepted() throws Exception {
    assertThat(door.owner("PUT /json.txt", "123456789", "Accept: application/json"))
        .contains("\r\nContent-Type: application/json\r\n")
        .contains(
            "\r\n\r\n{\"path\":\"json.txt\",\"url\":\"/json.txt\",\"size\":9,"
                + "\"digest\":\"crc32c:e3069283\",\"etag\":\"\\\"");
    assertThat(door.nextVisit().end()).isEqualTo("stored");
  }
}
