package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.status;
import static org.privateshare.http.TusPeer.UPLOADS;
import static org.privateshare.http.TusPeer.metadata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.net.Deadlines;
import org.privateshare.share.Limits;

/// What tus is refused, before the body is asked for.
@Timeout(60)
final class TusRefusalsTest {
  private static final String LENGTH = "Upload-Length: 9";
  private static final String PART = "Content-Type: application/offset+octet-stream";
  private static final String NAME = "Upload-Metadata: path bmV3";

  @TempDir static Path root;
  private static DoorFixture door;
  private static TusPeer owner;

  /// Stands at 4 of 9.
  private static String url;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    owner = new TusPeer(door, door.ownerKey());
    Files.writeString(door.folder().resolve("kept.txt"), "kept");
    Files.createDirectory(door.folder().resolve("dir"));
    url = owner.begin("stands.txt", 9);
    assertThat(status(owner.patch(url, 0, "1234"))).isEqualTo(204);
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  /// Sends the head of a request whose body never comes, since nobody asks for it.
  private static String announce(TusPeer by, String line, String... fields) throws IOException {
    return by.door()
        .ask(
            line
                + " HTTP/1.1\nHost: localhost\nAuthorization: Bearer "
                + by.key()
                + "\n"
                + String.join("\n", fields)
                + "\n\n");
  }

  private static List<Path> staged() throws IOException {
    try (var all = Files.list(door.folder().resolve(".privateshare/staging"))) {
      return all.sorted().toList();
    }
  }

  private static void assertRefused(String answer, int status, String code) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("100 Continue");
    assertThat(body(answer)).startsWith(code + ": ");
    assertThat(field(answer, "Tus-Resumable")).isEqualTo("1.0.0");
    assertThat(answer)
        .doesNotContain(door.folder().toString(), "java.", "org.", "Exception")
        .doesNotContainIgnoringCase("jetty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          NAME                                                        ! 400 ! bad-request
          NAME ; LENGTH ; Upload-Defer-Length: 1                      ! 400 ! bad-request
          NAME ; Upload-Length: -1                                    ! 400 ! bad-request
          NAME ; Upload-Length: +1                                    ! 400 ! bad-request
          NAME ; Upload-Length: 1e9                                   ! 400 ! bad-request
          NAME ; Upload-Length: 99999999999999999999                  ! 400 ! bad-request
          NAME ; Upload-Length:                                       ! 400 ! bad-request
          NAME ; LENGTH ; LENGTH                                      ! 400 ! bad-request
          NAME ; Upload-Length: 9, 9                                  ! 400 ! bad-request
          NAME ; Upload-Defer-Length: 2                               ! 400 ! bad-request
          NAME ; Upload-Length: 9223372036854775807                   ! 507 ! no-space
          LENGTH                                                      ! 400 ! bad-request
          LENGTH ; Upload-Metadata: path b*                           ! 400 ! bad-request
          LENGTH ; Upload-Metadata: path bmV3,path bmV3               ! 400 ! bad-request
          LENGTH ; Upload-Metadata: path bmV3,                        ! 400 ! bad-request
          LENGTH ; Upload-Metadata: path bmV3,my key bmV3             ! 400 ! bad-request
          LENGTH ; Upload-Metadata: type bmV3                         ! 400 ! bad-request
          LENGTH ; Upload-Metadata: path bmV3,mtime bmV3              ! 400 ! bad-request
          LENGTH ; Upload-Metadata: path bmV3,replace bmV3            ! 400 ! bad-request
          LENGTH ; NAME ; Upload-Concat: whole                        ! 400 ! bad-request
          LENGTH ; NAME ; Content-Type: text/plain ; Content-Length: 5 ! 415 ! encoding
          LENGTH ; NAME ; Content-Length: 5                           ! 415 ! encoding
          LENGTH ; NAME ; PART ; Content-Length: 5 ; Content-Encoding: gzip ! 415 ! encoding
          LENGTH ; NAME ; PART ; Content-Length: 10                   ! 413 ! too-large
          LENGTH ; NAME ; PART ; Content-Length: 5 ; Upload-Checksum: md5 AA== ! 400 ! bad-request
          LENGTH ; NAME ; PART ; Content-Length: 5 ; Upload-Checksum: crc32c x ! 400 ! bad-request
          LENGTH ; NAME ; PART ; Content-Length: 5 ; Repr-Digest: sha-256=:AA==: ! 400 ! bad-request
          """)
  void whatIsNoUploadIsRefusedAtItsCreation(String fields, int status, String code)
      throws Exception {
    Map<String, String> before = door.snapshot();
    List<Path> stagedBefore = staged();
    String sent =
        fields.replace("NAME", NAME).replace("LENGTH", LENGTH).replace("PART", PART)
            + " ; Expect: 100-continue ; Tus-Resumable: 1.0.0";
    assertRefused(announce(owner, "POST " + UPLOADS, sent.split(" *; *")), status, code);
    assertThat(door.snapshot()).isEqualTo(before);
    assertThat(staged()).isEqualTo(stagedBefore);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          ../x              ! 400 ! bad-name
          /x                ! 400 ! bad-name
          a/../b            ! 400 ! bad-name
          a//b              ! 400 ! bad-name
          a/                ! 400 ! bad-name
          .                 ! 400 ! bad-name
          .bashrc           ! 400 ! bad-name
          .privateshare/a   ! 400 ! bad-name
          a\\b              ! 400 ! bad-name
          %2e%2e%2fx        ! 400 ! bad-name
          CON               ! 400 ! bad-name
          a:b               ! 400 ! bad-name
          'a '              ! 400 ! bad-name
          a.                ! 400 ! bad-name
          kept.txt          ! 409 ! taken
          KEPT.txt          ! 409 ! taken
          kept.txt/x        ! 409 ! taken
          dir               ! 409 ! taken
          """)
  void aNameIsCheckedAtTheCreation(String name, int status, String code) throws Exception {
    Map<String, String> before = door.snapshot();
    for (String key : List.of("path", "filename")) {
      String said = metadata(key + "=" + name.replace("'", ""));
      assertRefused(owner.ask("POST " + UPLOADS, "", said, LENGTH), status, code);
    }
    assertThat(door.snapshot()).isEqualTo(before);
  }

  @Test
  void tooMuchMetadataIsRefused() throws Exception {
    String much = "Upload-Metadata: path bmV3,x " + "A".repeat(9_000);
    assertRefused(owner.ask("POST " + UPLOADS, "", much, LENGTH), 400, "bad-request");
    String tooMuch = "Upload-Metadata: path bmV3,x " + "A".repeat(1 << 20);
    assertThat(status(owner.ask("POST " + UPLOADS, "", tooMuch, LENGTH))).isEqualTo(431);
  }

  @Test
  void asMuchMetadataAsThereMayBeIsToldAgain() throws Exception {
    String most = "path bW9zdA==,x " + "A".repeat(8_176);
    assertThat(most).hasSize(8_192);
    String made = owner.ask("POST " + UPLOADS, "", "Upload-Metadata: " + most, LENGTH);
    assertThat(status(made)).isEqualTo(201);
    String told = owner.head(field(made, "Location"));
    assertThat(status(told)).isEqualTo(200);
    assertThat(field(told, "Upload-Metadata")).isEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          Upload-Offset: 4                                               ! 415 ! encoding
          Upload-Offset: 4 ; Content-Type: application/octet-stream      ! 415 ! encoding
          Upload-Offset: 4 ; PART ; Content-Encoding: gzip               ! 415 ! encoding
          PART                                                           ! 400 ! bad-request
          PART ; Upload-Offset: -1                                       ! 400 ! bad-request
          PART ; Upload-Offset: 4 ; Upload-Offset: 4                     ! 400 ! bad-request
          PART ; Upload-Offset: 0                                        ! 409 ! offset
          PART ; Upload-Offset: 5                                        ! 409 ! offset
          PART ; Upload-Offset: 9                                        ! 409 ! offset
          PART ; Upload-Offset: 99                                       ! 409 ! offset
          PART ; Upload-Offset: 4 ; Upload-Length: 10                    ! 400 ! mismatch
          PART ; Upload-Offset: 4 ; Upload-Length: x                     ! 400 ! bad-request
          PART ; Upload-Offset: 4 ; Upload-Checksum: x                   ! 400 ! bad-request
          PART ; Upload-Offset: 4 ; Content-Length: 6                    ! 413 ! too-large
          """)
  void whatIsNotTheNextPartIsRefused(String fields, int status, String code) throws Exception {
    String sent = fields.replace("PART", PART) + " ; Expect: 100-continue ; Tus-Resumable: 1.0.0";
    if (!fields.contains("Content-Length")) {
      sent += " ; Content-Length: 5";
    }
    String answer = announce(owner, "PATCH " + url, sent.split(" *; *"));
    assertRefused(answer, status, code);
    assertThat(field(answer, "Upload-Offset")).isEqualTo(code.equals("offset") ? "4" : "");
    assertThat(owner.offset(url)).isEqualTo("4");
  }

  @Test
  void ofAChunkedBodyNothingIsTakenBeyondTheLength() throws Exception {
    String head = "PATCH " + url + " HTTP/1.1\nHost: localhost\nTus-Resumable: 1.0.0\n" + PART;
    String answer =
        door.ask(
            head
                + "\nUpload-Offset: 4\nTransfer-Encoding: chunked\nAuthorization: Bearer "
                + owner.key()
                + "\nConnection: close\n\n6\n567890\n0\n\n");
    assertThat(status(answer)).isEqualTo(413);
    assertThat(owner.offset(url)).isEqualTo("4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Tus-Resumable: 0.2.2", "Tus-Resumable: 1.0.0, 1.0.0"})
  void anotherVersionIsNotSpoken(String version) throws Exception {
    String field = version.isEmpty() ? "X: y" : version;
    for (String line : List.of("POST " + UPLOADS, "HEAD " + url, "PATCH " + url, "DELETE " + url)) {
      String answer = door.owner(line, "", field);
      assertThat(status(answer)).isEqualTo(412);
      assertThat(field(answer, "Tus-Version")).isEqualTo("1.0.0");
    }
    assertThat(owner.offset(url)).isEqualTo("4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "%2e%2e",
        "..%2fx",
        "/etc/passwd",
        "%2fetc",
        "x",
        "00000000000000000000000000000000",
        "0000000000000000000000000000000",
        "ID/",
        "ID/x",
        "ID.part",
        "ID%00",
        "UPPER",
        "%zz"
      })
  void whatIsNoUploadIsNotThere(String id) throws Exception {
    String own = url.substring(UPLOADS.length() + 1);
    String target = UPLOADS + "/" + id.replace("ID", own).replace("UPPER", "A" + own.substring(1));
    List<String> answers =
        List.of(
            owner.ask("GET " + target, ""),
            owner.ask("HEAD " + target, ""),
            owner.ask("DELETE " + target, ""),
            owner.patch(target, 0, "x"));
    // What is no URL at all isn't even looked at.
    int status = id.equals("%zz") || id.equals("ID%00") ? 400 : 404;
    assertThat(answers).allMatch(answer -> status(answer) == status);
  }

  @Test
  void anothersUploadIsNotThere() throws Exception {
    TusPeer other = new TusPeer(door, door.key("list,get,put,replace,delete", "/"));
    String unknown = UPLOADS + "/00000000000000000000000000000000";
    for (String method : List.of("HEAD", "DELETE", "GET", "PATCH")) {
      String real = ask(other, method, url);
      assertThat(status(real)).isEqualTo(404);
      assertThat(Answers.head(real)).isEqualTo(Answers.head(ask(other, method, unknown)));
      assertThat(body(real)).isEqualTo(body(ask(other, method, unknown)));
    }
    assertThat(owner.offset(url)).isEqualTo("4");
    // Those above it see what a key does.
    String below = other.begin("below.txt", 3);
    assertThat(status(owner.patch(below, 0, "123"))).isEqualTo(204);
    assertThat(door.folder().resolve("below.txt")).hasContent("123");
    Files.delete(door.folder().resolve("below.txt"));
  }

  private static String ask(TusPeer by, String method, String target) throws IOException {
    return method.equals("PATCH") ? by.patch(target, 0, "x") : by.ask(method + " " + target, "");
  }

  @ParameterizedTest
  @CsvSource({
    "list+get+delete+admin, /, 403",
    "put, other/, 404",
    "put, new/, 403",
    "replace, /, 403",
    "put, /, 201"
  })
  void aCreationNeedsTheRightOfAPut(String rights, String path, int status) throws Exception {
    TusPeer by = new TusPeer(door, door.key(rights.replace('+', ','), path));
    String made = by.ask("POST " + UPLOADS, "", NAME, LENGTH);
    assertThat(status(made)).isEqualTo(status);
  }

  @Test
  void aReplaceNeedsItsOwnRight() throws Exception {
    TusPeer putter = new TusPeer(door, door.key("put", "/"));
    String wish = metadata("path=kept.txt", "replace=true");
    assertThat(status(putter.ask("POST " + UPLOADS, "", wish, LENGTH))).isEqualTo(403);
    TusPeer replacer = new TusPeer(door, door.key("put,replace", "/"));
    assertThat(status(replacer.ask("POST " + UPLOADS, "", wish, LENGTH))).isEqualTo(201);
  }

  @Test
  void whoMayNotPutHasNoUploads() throws Exception {
    TusPeer reader = new TusPeer(door, door.key("list,get,delete,admin", "/"));
    for (String line : List.of("HEAD " + url, "DELETE " + url, "GET " + url, "GET " + UPLOADS)) {
      assertThat(status(reader.ask(line, ""))).isEqualTo(403);
    }
    assertThat(status(reader.patch(url, 4, "5"))).isEqualTo(403);
    assertThat(status(new TusPeer(door, "").ask("HEAD " + url, ""))).isEqualTo(401);
    assertThat(owner.offset(url)).isEqualTo("4");
  }

  @ParameterizedTest
  @CsvSource({"PUT, uploads", "PATCH, uploads", "DELETE, uploads", "PUT, ID", "POST, ID"})
  void otherMethodsAreNotTaken(String method, String place) throws Exception {
    String target = place.equals("ID") ? url : UPLOADS;
    assertRefused(owner.ask(method + " " + target, ""), 405, "method");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost, X-Forwarded-Host: evil.example"})
  void aLocationIsNeverAnotherServers(String host) throws Exception {
    String answer =
        door.ask(
            "POST "
                + UPLOADS
                + " HTTP/1.1\nHost: "
                + host.replace(", ", "\n")
                + "\nAuthorization: Bearer "
                + owner.key()
                + "\nTus-Resumable: 1.0.0\nConnection: close\n"
                + metadata("path=located.txt")
                + "\n"
                + LENGTH
                + "\n\n");
    assertThat(answer).doesNotContain("Location: http", "Location: //", "evil");
    assertThat(status(answer)).isEqualTo(host.startsWith("evil") ? 421 : 201);
  }

  @Test
  void whatIsTooLargeIsRefusedAtTheCreation(@TempDir Path other) throws Exception {
    Limits limits = new Limits(1_000, 0, false);
    try (DoorFixture small =
        DoorFixture.in(other, HttpOptions.DEFAULT, limits, Deadlines.DEFAULT)) {
      TusPeer peer = new TusPeer(small, small.ownerKey());
      String answer = peer.ask("POST " + UPLOADS, "", NAME, "Upload-Length: 1001");
      assertThat(status(answer)).isEqualTo(413);
      String later = peer.ask("POST " + UPLOADS, "", NAME, "Upload-Defer-Length: 1");
      String url = field(later, "Location");
      assertThat(status(peer.patch(url, 0, "", "Upload-Length: 1001"))).isEqualTo(413);
      assertThat(status(peer.patch(url, 0, "x".repeat(1001)))).isEqualTo(413);
      assertThat(peer.offset(url)).isEqualTo("0");
      assertThat(field(small.as("", "OPTIONS " + UPLOADS, ""), "Tus-Max-Size")).isEqualTo("1000");
    }
  }

  @Test
  void nothingIsLeftOfACreationWhoseBytesAreWrong() throws Exception {
    List<Path> before = staged();
    String wrong = "Upload-Checksum: crc32c AAAAAA==";
    assertThat(status(owner.ask("POST " + UPLOADS, "123456789", NAME, LENGTH, PART, wrong)))
        .isEqualTo(460);
    assertThat(staged()).isEqualTo(before);
  }
}
