package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.access.Grant;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A small file that many ask for is answered from memory, and nobody can tell.
@Timeout(60)
final class AtHandTest {
  private static final String TEN = "0123456789";

  @TempDir private Path root;
  private DoorFixture door;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    door = DoorFixture.later(root);
    file = Files.writeString(door.folder().resolve("ten.txt"), TEN);
    heat();
  }

  @AfterEach
  void stop() throws IOException {
    door.close();
  }

  /// Asks for the file until it is in memory.
  private void heat() throws IOException, Refusal {
    SharePath path = SharePath.parse("ten.txt");
    while (!door.store().isAtHand(path)) {
      assertThat(door.owner("GET /ten.txt", "")).endsWith("\r\n\r\n" + TEN);
    }
    assertThat(door.store().openAtHand(path)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET: Accept: */*",
        "GET: Range: bytes=2-4",
        "GET: Range: bytes=-3",
        "GET: Range: bytes=10-",
        "GET: If-Match: \"other\"",
        "GET: If-None-Match: *",
        "GET: If-Modified-Since: Sun, 06 Nov 2050 08:49:37 GMT",
        "GET: Want-Repr-Digest: sha-256=1",
        "GET: Host: evil.example",
        "HEAD: Accept: */*",
      })
  void theAnswerIsTheSame(String request) throws Exception {
    String[] parts = request.split(": ", 2);
    // What may have a body isn't even tried.
    String fromMedium = door.owner(parts[0] + " /ten.txt", "", parts[1], "Content-Length: 0");
    heat();
    String fromMemory = door.owner(parts[0] + " /ten.txt", "", parts[1]);
    assertThat(undated(fromMemory)).isEqualTo(undated(fromMedium));
  }

  private static String undated(String answer) {
    return answer.replaceFirst("\r\nDate: [^\r]*", "");
  }

  @Test
  void severalRangesComeAsParts() throws Exception {
    String answer = door.owner("GET /ten.txt", "", "Range: bytes=0-1,8-9");
    assertThat(status(answer)).isEqualTo(206);
    assertThat(body(answer))
        .contains("Content-Range: bytes 0-1/10\r\n\r\n01\r\n")
        .contains("Content-Range: bytes 8-9/10\r\n\r\n89\r\n");
  }

  @Test
  void aChangeInPlaceIsSeenAtOnce() throws Exception {
    Files.writeString(file, "9876543210");
    assertThat(door.owner("GET /ten.txt", "")).endsWith("\r\n\r\n9876543210");
  }

  @Test
  void aLargeFileInItsPlaceComesWhole() throws Exception {
    String large = "large".repeat(1_000_000);
    Path other = Files.writeString(root.resolve("other"), large);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(body(door.owner("GET /ten.txt", ""))).isEqualTo(large);
  }

  @Test
  void whatIsGoneIsGoneAtOnce() throws Exception {
    Files.delete(file);
    assertThat(status(door.owner("GET /ten.txt", ""))).isEqualTo(404);
    Files.createDirectory(file);
    assertThat(status(door.owner("GET /ten.txt", ""))).isEqualTo(308);
  }

  @Test
  void aFolderThatWasMovedAwayServesNothing() throws Exception {
    Files.move(door.folder(), root.resolve("away"));
    assertThat(status(door.owner("GET /ten.txt", ""))).isEqualTo(500);
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws Exception {
    Path other = Files.writeString(root.resolve("secret"), "secret");
    Files.delete(file);
    Files.createSymbolicLink(file, other);
    assertThat(status(door.owner("GET /ten.txt", ""))).isEqualTo(404);
    Files.delete(file);
    Files.move(other, root.resolve("old"));
    Files.createSymbolicLink(file, root.resolve("old"));
    assertThat(status(door.owner("GET /ten.txt", ""))).isEqualTo(404);
  }

  @Test
  void onlyAGoodKeyWithTheRightGetsIt() throws Exception {
    String key = door.key("get", "/");
    assertThat(door.as(key, "GET /ten.txt", "")).endsWith("\r\n\r\n" + TEN);
    Grant owner = door.access().authenticate(door.ownerKey());
    door.access().revoke(owner, door.access().authenticate(key).id());
    heat();
    assertThat(status(door.as(key, "GET /ten.txt", ""))).isEqualTo(401);
    assertThat(status(door.as("", "GET /ten.txt", ""))).isEqualTo(401);
    for (String other : new String[] {door.key("put", "/"), door.key("get", "in/")}) {
      heat();
      String answer = door.as(other, "GET /ten.txt", "");
      assertThat(status(answer)).isIn(403, 404);
      assertThat(undated(answer))
          .isEqualTo(undated(door.as(other, "GET /ten.txt", "", "Content-Length: 0")));
    }
  }

  @Test
  void manyAtOnceOnOneConnectionAreAllAnswered() throws Exception {
    String one =
        "GET /ten.txt HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + door.ownerKey();
    String last = one + "\r\nConnection: close\r\n\r\n";
    String answers = door.raw((one + "\r\n\r\n").repeat(99) + last);
    assertThat(answers.split("\r\n\r\n" + TEN, -1)).hasSize(101).endsWith("");
  }

  @Test
  void eachIsLogged() throws Exception {
    String key = door.key("get", "/");
    heat();
    assertThat(status(door.as(key, "GET /ten.txt", ""))).isEqualTo(200);
    var visit = door.nextVisit();
    while (visit.key().filter(by -> by.label().equals("Ada")).isEmpty()) {
      visit = door.nextVisit();
    }
    assertThat(visit.path()).isEqualTo("ten.txt");
    assertThat(visit.bytes()).isEqualTo(10);
    assertThat(visit.end()).isEqualTo("sent");
  }
}
