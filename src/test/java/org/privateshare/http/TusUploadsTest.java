package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.status;
import static org.privateshare.http.TusPeer.UPLOADS;
import static org.privateshare.http.TusPeer.metadata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Visit;
import org.privateshare.net.RawPeer;

/// The life of an upload over tus, through the real server.
@Timeout(60)
final class TusUploadsTest {
  @TempDir static Path root;
  private static DoorFixture door;
  private static TusPeer owner;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    owner = new TusPeer(door, door.ownerKey());
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static void forgetVisits() throws InterruptedException {
    while (!door.nextVisit().path().equals("mark")) {
      Thread.onSpinWait();
    }
  }

  private static void mark() throws IOException {
    assertThat(status(door.owner("DELETE /mark", ""))).isEqualTo(404);
  }

  @Test
  void everybodyMayAskWhatIsSpoken() throws Exception {
    for (String target : List.of(UPLOADS, UPLOADS + "/x")) {
      String answer = door.as("", "OPTIONS " + target, "");
      assertThat(status(answer)).isEqualTo(204);
      assertThat(field(answer, "Tus-Version")).isEqualTo("1.0.0");
      assertThat(field(answer, "Tus-Resumable")).isEqualTo("1.0.0");
      assertThat(field(answer, "Tus-Extension").split(","))
          .containsExactlyInAnyOrder(
              "creation",
              "creation-with-upload",
              "creation-defer-length",
              "expiration",
              "checksum",
              "termination",
              "concatenation",
              "beside");
      assertThat(field(answer, "Tus-Checksum-Algorithm"))
          .isEqualTo("crc32c,sha1,sha-1,sha256,sha-256");
      assertThat(field(answer, "Tus-Max-Size")).isEmpty();
    }
    assertThat(field(door.as("", "OPTIONS " + UPLOADS, ""), "Allow"))
        .isEqualTo("GET, HEAD, POST, OPTIONS");
    assertThat(field(door.as("", "OPTIONS " + UPLOADS + "/x", ""), "Allow"))
        .isEqualTo("GET, HEAD, PATCH, DELETE, OPTIONS");
  }

  @Test
  void anUploadComesInPartsAndBecomesAFile() throws Exception {
    String made =
        owner.ask(
            "POST " + UPLOADS,
            "",
            metadata("filename=a.txt", "folder=life", "mtime=1700000000123", "x=y"),
            "Upload-Length: 9");
    assertThat(status(made)).isEqualTo(201);
    assertThat(field(made, "Tus-Resumable")).isEqualTo("1.0.0");
    assertThat(field(made, "Upload-Expires")).endsWith(" GMT");
    String url = field(made, "Location");
    assertThat(url).matches("/\\.privateshare/uploads/[0-9a-f]{32}");
    String begun = owner.head(url);
    assertThat(status(begun)).isEqualTo(200);
    assertThat(field(begun, "Upload-Offset")).isEqualTo("0");
    assertThat(field(begun, "Upload-Length")).isEqualTo("9");
    assertThat(field(begun, "Upload-Defer-Length")).isEmpty();
    assertThat(field(begun, "Cache-Control")).isEqualTo("no-store");
    assertThat(field(begun, "Upload-Concat")).isEmpty();
    assertThat(("Upload-Metadata: " + field(begun, "Upload-Metadata")).split("[:,] ?"))
        .containsExactlyInAnyOrder(
            metadata("filename=a.txt", "folder=life", "mtime=1700000000123", "x=y")
                .split("[:,] ?"));

    String part = owner.patch(url, 0, "1234");
    assertThat(status(part)).isEqualTo(204);
    assertThat(field(part, "Upload-Offset")).isEqualTo("4");
    assertThat(field(part, "Upload-Expires")).endsWith(" GMT");
    assertThat(field(part, "ETag")).isEmpty();
    assertThat(field(owner.head(url), "Upload-Offset")).isEqualTo("4");
    assertThat(door.folder().resolve("life")).doesNotExist();

    String last = owner.patch(url, 4, "56789");
    assertThat(status(last)).isEqualTo(204);
    assertThat(field(last, "Upload-Offset")).isEqualTo("9");
    assertThat(field(last, "Repr-Digest")).isEqualTo("crc32c=:4waSgw==:");
    assertThat(field(last, "Content-Location")).isEqualTo("/life/a.txt");
    Path file = door.folder().resolve("life/a.txt");
    assertThat(file).hasContent("123456789");
    assertThat(Files.getLastModifiedTime(file).toInstant())
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
    assertThat(field(last, "ETag"))
        .isNotEmpty()
        .isEqualTo(field(door.owner("HEAD /life/a.txt", ""), "ETag"));

    String finished = owner.head(url);
    assertThat(status(finished)).isEqualTo(200);
    assertThat(field(finished, "Upload-Offset")).isEqualTo("9");
    assertThat(field(finished, "Upload-Length")).isEqualTo("9");
    assertThat(field(finished, "ETag")).isEqualTo(field(last, "ETag"));
    assertThat(status(owner.patch(url, 9, ""))).isEqualTo(403);
    String drop = owner.ask("DELETE " + url, "");
    assertThat(status(drop)).isEqualTo(410);
    assertThat(body(drop)).startsWith("gone: ");
  }

  @Test
  void theFirstBytesMayComeWithTheCreation() throws Exception {
    String made =
        owner.ask(
            "POST " + UPLOADS,
            "123",
            metadata("path=with.txt"),
            "Upload-Length: 9",
            "Content-Type: application/offset+octet-stream");
    assertThat(status(made)).isEqualTo(201);
    assertThat(field(made, "Upload-Offset")).isEqualTo("3");
    String last = owner.patch(field(made, "Location"), 3, "456789");
    assertThat(field(last, "Content-Location")).isEqualTo("/with.txt");
    assertThat(door.folder().resolve("with.txt")).hasContent("123456789");
  }

  @Test
  void allBytesMayComeWithTheCreation() throws Exception {
    String made =
        owner.ask(
            "POST " + UPLOADS,
            "123456789",
            metadata("path=at-once.txt"),
            "Upload-Length: 9",
            "Repr-Digest: crc32c=:4waSgw==:",
            "Content-Type: application/offset+octet-stream");
    assertThat(status(made)).isEqualTo(201);
    assertThat(field(made, "Upload-Offset")).isEqualTo("9");
    assertThat(field(made, "Content-Location")).isEqualTo("/at-once.txt");
    assertThat(field(made, "ETag")).isNotEmpty();
    assertThat(door.folder().resolve("at-once.txt")).hasContent("123456789");
  }

  @Test
  void anEmptyFileIsThereAtOnce() throws Exception {
    String made = owner.ask("POST " + UPLOADS, "", metadata("path=empty.txt"), "Upload-Length: 0");
    assertThat(status(made)).isEqualTo(201);
    assertThat(field(made, "Content-Location")).isEqualTo("/empty.txt");
    assertThat(door.folder().resolve("empty.txt")).isEmptyFile();
  }

  @Test
  void theLengthMayComeLater() throws Exception {
    String made =
        owner.ask("POST " + UPLOADS, "", metadata("path=later.txt"), "Upload-Defer-Length: 1");
    String url = field(made, "Location");
    assertThat(field(owner.head(url), "Upload-Defer-Length")).isEqualTo("1");
    assertThat(field(owner.head(url), "Upload-Length")).isEmpty();
    assertThat(status(owner.patch(url, 0, "1234"))).isEqualTo(204);
    assertThat(status(owner.patch(url, 4, "5", "Upload-Length: 3"))).isEqualTo(400);
    assertThat(status(owner.patch(url, 4, "5", "Upload-Length: 9"))).isEqualTo(204);
    assertThat(field(owner.head(url), "Upload-Length")).isEqualTo("9");
    assertThat(status(owner.patch(url, 5, "6789", "Upload-Length: 10"))).isEqualTo(400);
    assertThat(status(owner.patch(url, 5, "6789", "Upload-Length: 9"))).isEqualTo(204);
    assertThat(door.folder().resolve("later.txt")).hasContent("123456789");
  }

  @Test
  void aLengthThatIsReachedAlreadyEndsTheUpload() throws Exception {
    String made =
        owner.ask("POST " + UPLOADS, "", metadata("path=reached.txt"), "Upload-Defer-Length: 1");
    String url = field(made, "Location");
    assertThat(status(owner.patch(url, 0, "1234"))).isEqualTo(204);
    String last = owner.patch(url, 4, "", "Upload-Length: 4");
    assertThat(field(last, "Content-Location")).isEqualTo("/reached.txt");
  }

  @Test
  void nothingMoreIsNoHarm() throws Exception {
    String url = owner.begin("nothing.txt", 9);
    for (int offset : new int[] {0, 4}) {
      String answer = owner.patch(url, offset, "");
      assertThat(status(answer)).isEqualTo(204);
      assertThat(field(answer, "Upload-Offset")).isEqualTo("" + offset);
      assertThat(status(owner.patch(url, offset, "1234"))).isEqualTo(204);
    }
    assertThat(owner.offset(url)).isEqualTo("8");
  }

  @Test
  void whatCameBeforeACutCounts() throws Exception {
    String url = owner.begin("cut.txt", 9);
    mark();
    try (RawPeer peer = owner.sendSome(url, 0, 9, "12345")) {
      peer.end();
      assertThat(new String(peer.readAll(), ISO_8859_1)).startsWith("HTTP/1.1 400 ");
    }
    forgetVisits();
    Visit visit = door.nextVisit();
    assertThat(visit.action()).isEqualTo("PATCH");
    assertThat(visit.path()).isEqualTo("cut.txt");
    assertThat(visit.bytes()).isEqualTo(5);
    assertThat(visit.end()).isEqualTo("cut");
    assertThat(owner.offset(url)).isEqualTo("5");
    assertThat(status(owner.patch(url, 5, "6789"))).isEqualTo(204);
    assertThat(door.folder().resolve("cut.txt")).hasContent("123456789");
  }

  @Test
  void whatIsToBeCheckedAndCutOffDoesNot() throws Exception {
    String url = owner.begin("checked.txt", 9);
    try (RawPeer peer = door.connect()) {
      String head = "PATCH " + url + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\n";
      peer.tell(head + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n");
      peer.tell("Upload-Checksum: crc32c 4waSgw==\r\nContent-Length: 9\r\n");
      peer.tell("Authorization: Bearer " + owner.key() + "\r\n\r\n12345");
      peer.end();
      assertThat(new String(peer.readAll(), ISO_8859_1)).startsWith("HTTP/1.1 400 ");
    }
    assertThat(owner.offset(url)).isEqualTo("0");
  }

  @Test
  void aPartIsCheckedBeforeItCounts() throws Exception {
    String url = owner.begin("sum.txt", 18);
    String right = "Upload-Checksum: sha-1 98O8HYCOBHMq32eZZczDTKeuNEE=";
    String wrong = owner.patch(url, 0, "123456780", right);
    assertThat(wrong).startsWith("HTTP/1.1 460 ");
    assertThat(body(wrong)).startsWith("checksum: ");
    assertThat(body(owner.patch(url, 0, "1", right, "Accept: application/json")))
        .startsWith("{\"type\":\"about:blank\",\"title\":\"Checksum Mismatch\",\"status\":460,");
    assertThat(owner.offset(url)).isEqualTo("0");
    assertThat(status(owner.patch(url, 0, "123456789", right))).isEqualTo(204);
    assertThat(status(owner.patch(url, 9, "123456780", right))).isEqualTo(460);
    assertThat(status(owner.patch(url, 9, "123456780", "Content-MD5: JfnnlDI7RTiF9RgfG2JNCw==")))
        .isEqualTo(460);
    assertThat(owner.offset(url)).isEqualTo("9");
    assertThat(status(owner.patch(url, 9, "123456789", right))).isEqualTo(204);
    assertThat(door.folder().resolve("sum.txt")).hasContent("123456789123456789");
  }

  @Test
  void aWholeThatSumsUpToSomethingElseIsDropped() throws Exception {
    String url = owner.begin("whole.txt", 9);
    assertThat(status(owner.patch(url, 0, "12345", "Repr-Digest: crc32c=:AAAAAA==:")))
        .isEqualTo(204);
    String answer = owner.patch(url, 5, "6789", "Repr-Digest: crc32c=:AAAAAA==:");
    assertThat(status(answer)).isEqualTo(400);
    assertThat(body(answer)).startsWith("mismatch: ");
    assertThat(status(owner.head(url))).isEqualTo(404);
    assertThat(door.folder().resolve("whole.txt")).doesNotExist();
  }

  @Test
  void aReplaceIsAskedForAtTheCreation() throws Exception {
    assertThat(status(door.owner("PUT /old.txt", "old"))).isEqualTo(201);
    String tag = field(door.owner("HEAD /old.txt", ""), "ETag");
    String taken = owner.ask("POST " + UPLOADS, "", metadata("path=old.txt"), "Upload-Length: 3");
    assertThat(status(taken)).isEqualTo(409);
    assertThat(body(taken)).startsWith("taken: ");
    String other = metadata("path=old.txt", "if-match=\"other\"");
    assertThat(status(owner.ask("POST " + UPLOADS, "", other, "Upload-Length: 3"))).isEqualTo(412);
    for (String wish : List.of("if-match=" + tag, "replace=true")) {
      String made =
          owner.ask("POST " + UPLOADS, "", metadata("path=old.txt", wish), "Upload-Length: 3");
      assertThat(status(made)).isEqualTo(201);
      assertThat(status(owner.patch(field(made, "Location"), 0, wish.substring(0, 3))))
          .isEqualTo(204);
      assertThat(door.folder().resolve("old.txt")).hasContent(wish.substring(0, 3));
    }
  }

  @Test
  void ofTwoUploadsOfOneNameTheFirstGetsIt() throws Exception {
    String first = owner.begin("race.txt", 3);
    String second = owner.begin("race.txt", 3);
    assertThat(status(owner.patch(first, 0, "one"))).isEqualTo(204);
    String answer = owner.patch(second, 0, "two");
    assertThat(status(answer)).isEqualTo(409);
    assertThat(body(answer)).startsWith("taken: ");
    assertThat(door.folder().resolve("race.txt")).hasContent("one");
    assertThat(status(owner.head(second))).isEqualTo(404);
  }

  @Test
  void anUploadCanBeDropped() throws Exception {
    String url = owner.begin("dropped.txt", 9);
    assertThat(status(owner.patch(url, 0, "123"))).isEqualTo(204);
    assertThat(status(owner.ask("DELETE " + url, ""))).isEqualTo(204);
    assertThat(status(owner.head(url))).isEqualTo(404);
    assertThat(status(owner.ask("DELETE " + url, ""))).isEqualTo(404);
  }

  @Test
  void whoCanOnlyPostMeansOtherMethods() throws Exception {
    String url = owner.begin("posted.txt", 3);
    mark();
    String part =
        owner.ask(
            "POST " + url,
            "1",
            "X-HTTP-Method-Override: PATCH",
            "Upload-Offset: 0",
            "Content-Type: application/offset+octet-stream");
    assertThat(status(part)).isEqualTo(204);
    assertThat(field(part, "Upload-Offset")).isEqualTo("1");
    forgetVisits();
    assertThat(door.nextVisit().action()).isEqualTo("PATCH");
    assertThat(status(owner.ask("POST " + url, "", "X-HTTP-Method-Override: HEAD"))).isEqualTo(405);
    assertThat(status(owner.ask("POST " + url, "", "X-HTTP-Method-Override: DELETE")))
        .isEqualTo(204);
    assertThat(status(owner.head(url))).isEqualTo(404);
    assertThat(status(door.owner("POST /posted.txt", "", "X-HTTP-Method-Override: DELETE")))
        .isEqualTo(405);
  }

  @Test
  void thereIsOneConnectionAtATime() throws Exception {
    String url = owner.begin("busy.txt", 9);
    try (RawPeer first = owner.sendSome(url, 0, 9, "1234")) {
      String standing;
      do {
        standing = body(owner.ask("GET " + url + "?json", ""));
      } while (standing.contains("\"busy\":false"));
      String second = owner.patch(url, 0, "12345");
      assertThat(status(second)).isEqualTo(423);
      assertThat(body(second)).startsWith("busy: ");
      assertThat(field(second, "Retry-After")).isEqualTo("1");
      first.tell("56789");
      assertThat(first.read(13)).startsWith("HTTP/1.1 204 ");
    }
    assertThat(door.folder().resolve("busy.txt")).hasContent("123456789");
  }

  @Test
  void theLogSaysWhatAnUploadIsAbout() throws Exception {
    mark();
    String url = owner.begin("logged.txt", 3);
    assertThat(status(owner.patch(url, 0, "1"))).isEqualTo(204);
    assertThat(status(owner.patch(url, 0, "1"))).isEqualTo(409);
    assertThat(status(owner.patch(url, 1, "23"))).isEqualTo(204);
    forgetVisits();
    for (String end :
        List.of("POST begun 0", "PATCH continued 1", "PATCH offset 0", "PATCH stored 2")) {
      Visit visit = door.nextVisit();
      assertThat(visit.path()).isEqualTo("logged.txt");
      assertThat(visit.action() + " " + visit.end() + " " + visit.bytes()).isEqualTo(end);
    }
  }
}
