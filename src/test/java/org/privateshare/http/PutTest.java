package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.net.Deadlines;
import org.privateshare.net.RawPeer;
import org.privateshare.share.Limits;

/// PUT: what is stored, and what is refused before the body or after it.
@Timeout(60)
final class PutTest {
  private static final String EXPECT = "Expect: 100-continue";

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    Files.writeString(door.folder().resolve("kept.txt"), "kept");
    Files.createDirectory(door.folder().resolve("dir"));
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  @AfterEach
  void removeWhatWasPut() throws IOException {
    var _ = Files.deleteIfExists(door.folder().resolve("new"));
  }

  private static String tagOf(String path) throws IOException {
    return door.owner("HEAD " + path, "").replaceFirst("(?s).*\r\nETag: ([^\r]*)\r\n.*", "$1");
  }

  /// A request whose body never comes, since nobody asks for it.
  private static String announce(DoorFixture to, String key, String line, String... fields)
      throws IOException {
    String bearer = key.isEmpty() ? "" : "Authorization: Bearer " + key + "\n";
    return to.ask(
        line + " HTTP/1.1\nHost: localhost\n" + bearer + String.join("\n", fields) + "\n\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          /kept.txt            !                                       ! 409 ! taken
          /kept.txt            ! If-None-Match: *                      ! 412 ! taken
          /kept.txt?replace    ! If-None-Match: *                      ! 412 ! taken
          /kept.txt            ! If-None-Match: "other"                ! 409 ! taken
          /kept.txt?replace    ! If-None-Match: TAG                    ! 412 ! changed
          /kept.txt?replace    ! If-None-Match: W/TAG                  ! 412 ! changed
          /kept.txt            ! If-Match: "other"                     ! 412 ! changed
          /kept.txt            ! If-Match: W/TAG                       ! 412 ! changed
          /kept.txt            ! If-Match: TAG, x                      ! 400 ! bad-request
          /kept.txt            ! If-Match:                             ! 400 ! bad-request
          /kept.txt            ! If-Match: other                       ! 400 ! bad-request
          /kept.txt            ! If-None-Match: "other                 ! 400 ! bad-request
          /kept.txt?replace    ! If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT ! 400 ! bad-request
          /new                 ! If-Match: *                           ! 412 ! changed
          /new                 ! If-Match: TAG                         ! 412 ! changed
          /dir                 !                                       ! 409 ! taken
          /dir?replace         !                                       ! 409 ! taken
          /dir                 ! If-Match: *                           ! 409 ! taken
          /KEPT.txt            !                                       ! 409 ! taken
          /KEPT.txt?replace    !                                       ! 409 ! taken
          /kept.txt/x          !                                       ! 409 ! taken
          /dir/                !                                       ! 405 ! method
          /                    !                                       ! 405 ! method
          /new?Replace         !                                       ! 400 ! bad-request
          /new?replace=1       !                                       ! 400 ! bad-request
          /new?replace&replace !                                       ! 400 ! bad-request
          /new?x=y             !                                       ! 400 ! bad-request
          /new?%zz             !                                       ! 400 ! bad-request
          /new                 ! Content-Range: bytes 0-4/*            ! 400 ! bad-request
          /new                 ! Content-Range: bytes 0-3/5            ! 400 ! bad-request
          /new                 ! Content-Range: bytes 1-5/6            ! 409 ! offset
          /new                 ! Content-Encoding: gzip                ! 415 ! encoding
          /new                 ! Content-Encoding: identity, br        ! 415 ! encoding
          /new                 ! Repr-Digest: crc32c=:AAAA:            ! 400 ! bad-request
          /new                 ! Repr-Digest: crc32c=nonsense          ! 400 ! bad-request
          /new                 ! Content-MD5: nonsense                 ! 400 ! bad-request
          """)
  void whatIsRefusedIsRefusedBeforeTheBodyIsSent(String path, String field, int status, String code)
      throws Exception {
    Map<String, String> before = door.snapshot();
    String sent = field == null ? "X: y" : field.replace("TAG", tagOf("/kept.txt"));
    String answer =
        announce(door, door.ownerKey(), "PUT " + path, sent, EXPECT, "Content-Length: 5");
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\r\n\r\n" + code + ": ");
    assertThat(answer).contains("\r\nConnection: close\r\n").doesNotContain("100 Continue");
    door.assertHarmless(before, answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Repr-Digest: crc32c=:AAAAAA==:",
        "Content-Digest: sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
        "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg=="
      })
  void aBodyWithAnotherDigestPublishesNothing(String field) throws Exception {
    Map<String, String> before = door.snapshot();
    for (String path : List.of("/new", "/kept.txt?replace")) {
      String answer = door.owner("PUT " + path, "123456789", field);
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\r\n\r\nmismatch: ");
      door.assertHarmless(before, answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Repr-Digest: crc32c=:4waSgw==:",
        "Repr-Digest: unknown=:AAAA:",
        "Content-MD5: JfnnlDI7RTiF9RgfG2JNCw==",
        "Content-Encoding: identity",
        "If-None-Match: *",
        "If-None-Match: \"x\"",
        "Range: bytes=0-1",
        "Expect: 100-continue"
      })
  void whatAgreesWithTheBodyIsStored(String field) throws Exception {
    assertThat(door.owner("PUT /new", "123456789", field)).contains("HTTP/1.1 201 Created\r\n");
    assertThat(door.folder().resolve("new")).hasContent("123456789");
  }

  @Test
  void aReplaceIsToldFromANewFile() throws Exception {
    for (String way : List.of("?replace", "?replace", "")) {
      boolean isNew = Files.notExists(door.folder().resolve("new"));
      String field = way.isEmpty() ? "If-Match: " + tagOf("/new") : "X: y";
      String answer = door.owner("PUT /new" + way, "123456789", field);
      assertThat(answer).startsWith(isNew ? "HTTP/1.1 201 " : "HTTP/1.1 200 ");
      assertThat(answer).contains("\r\nETag: " + tagOf("/new") + "\r\n");
    }
  }

  @Test
  void aLongNameIsStoredAndTold() throws Exception {
    String folder = "/" + "%C3%BC".repeat(120);
    String path = folder.repeat(12);
    String answer = door.owner("PUT " + path, "hello");
    assertThat(answer).startsWith("HTTP/1.1 201 ").contains("\r\nLocation: " + path + "\r\n");
    assertThat(door.owner("DELETE " + path, "")).startsWith("HTTP/1.1 204 ");
  }

  @Test
  void ofManyWhoReplaceOneVersionOneDoes() throws Exception {
    assertThat(door.owner("PUT /new", "one")).startsWith("HTTP/1.1 201 ");
    String tag = tagOf("/new");
    assertThat(door.owner("PUT /new", "two", "If-Match: " + tag)).startsWith("HTTP/1.1 200 ");
    assertThat(door.owner("PUT /new", "three", "If-Match: " + tag)).startsWith("HTTP/1.1 412 ");
    assertThat(door.folder().resolve("new")).hasContent("two");
  }

  @Test
  void whoWaitsForItGetsTheWordToSend() throws Exception {
    try (RawPeer peer = door.connect()) {
      String head = "PUT /new HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ";
      peer.tell(head + door.ownerKey() + "\r\n" + EXPECT + "\r\nContent-Length: 5\r\n");
      peer.tell("Connection: close\r\n\r\n");
      assertThat(peer.read(25)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      peer.tell("hello");
      assertThat(new String(peer.readAll(), ISO_8859_1)).startsWith("HTTP/1.1 201 ");
    }
    assertThat(door.folder().resolve("new")).hasContent("hello");
  }

  @Test
  void httpOneZeroHasToSayTheLength() throws Exception {
    Map<String, String> before = door.snapshot();
    String head = "PUT /new HTTP/1.0\nAuthorization: Bearer " + door.ownerKey() + "\n";
    String answer = door.ask(head + "\nhello");
    assertThat(answer).startsWith("HTTP/1.1 411 ").contains("\r\n\r\nlength: ");
    door.assertHarmless(before, answer);
    answer = door.ask(head + "Transfer-Encoding: chunked\n\n5\nhello\n0\n\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    door.assertHarmless(before, answer);
    assertThat(door.ask(head + "Content-Length: 5\n\nhello")).startsWith("HTTP/1.1 201 ");
  }

  /// The sender is busy and looks for the answer only later.
  @ParameterizedTest
  @CsvSource({"/kept.txt, 409", "/a%2fb, 400", "/new?x, 400", "/.privateshare/keyz, 404"})
  void anEarlyRefusalReachesWhoIsStillSending(String path, int status) throws Exception {
    Map<String, String> before = door.snapshot();
    byte[] body = new byte[900_000];
    for (String length : List.of("Content-Length: " + 100_000_000, "Transfer-Encoding: chunked")) {
      try (RawPeer peer = door.connect()) {
        peer.tell("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ");
        peer.tell(door.ownerKey() + "\r\n" + length + "\r\n\r\n5f5e100\r\n");
        peer.tell(body);
        peer.end();
        String answer = new String(peer.readAll(), ISO_8859_1);
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("Connection: close");
        door.assertHarmless(before, answer);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "list+get, /, 403, denied",
    "delete, /, 403, denied",
    "put, other/, 404, missing",
    "put, new/, 403, denied",
    "list, new, 403, denied",
    "replace, /, 403, denied"
  })
  void aKeyWithoutTheRightIsRefusedBeforeTheBodyIsSent(
      String rights, String path, int status, String code) throws Exception {
    Map<String, String> before = door.snapshot();
    String key = door.key(rights.replace('+', ','), path);
    String answer = announce(door, key, "PUT /new", EXPECT, "Content-Length: 5");
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\r\n\r\n" + code + ": ");
    door.assertHarmless(before, answer);
  }

  @ParameterizedTest
  @CsvSource({"put, ?replace", "replace, ?replace", "put, ''"})
  void aReplaceNeedsItsOwnRight(String rights, String query) throws Exception {
    Map<String, String> before = door.snapshot();
    String field = query.isEmpty() ? "If-Match: *" : "X: y";
    String answer = door.as(door.key(rights, "/"), "PUT /kept.txt" + query, "x", field);
    assertThat(answer).startsWith("HTTP/1.1 403 ");
    door.assertHarmless(before, answer);
  }

  @Test
  void whatIsTooLargeOrHasNoRoomIsRefusedBeforeTheBodyIsSent(@TempDir Path other) throws Exception {
    try (DoorFixture small = with(other.resolve("small"), new Limits(1_000, 0, false))) {
      String tooLong = "Content-Length: 1001";
      assertThat(announce(small, small.ownerKey(), "PUT /new", EXPECT, tooLong))
          .startsWith("HTTP/1.1 413 ")
          .contains("\r\n\r\ntoo-large: ");
      String answer =
          small.ask(
              "PUT /new HTTP/1.1\nHost: localhost\nAuthorization: Bearer "
                  + small.ownerKey()
                  + "\nConnection: close\nTransfer-Encoding: chunked\n\n3e9\n"
                  + "x".repeat(1_001)
                  + "\n0\n\n");
      assertThat(answer).startsWith("HTTP/1.1 413 ");
      small.assertHarmless(small.snapshot(), answer);
      assertThat(small.snapshot()).hasSize(1);
    }
    try (DoorFixture full =
        with(other.resolve("full"), new Limits(Long.MAX_VALUE, Long.MAX_VALUE, false))) {
      assertThat(announce(full, full.ownerKey(), "PUT /new", EXPECT, "Content-Length: 1"))
          .startsWith("HTTP/1.1 507 ")
          .contains("\r\n\r\nno-space: ");
    }
    try (DoorFixture frozen = with(other.resolve("frozen"), new Limits(1_000, 0, true))) {
      assertThat(announce(frozen, frozen.ownerKey(), "PUT /new", EXPECT, "Content-Length: 1"))
          .startsWith("HTTP/1.1 403 ")
          .contains("\r\n\r\ndenied: this share is read-only");
    }
  }

  @Test
  void aBodyThatStallsIsCutOff(@TempDir Path other) throws Exception {
    Deadlines hasty = new Deadlines(Duration.ofSeconds(10), Duration.ofMillis(300), 1024);
    try (DoorFixture slow = DoorFixture.in(other, HttpOptions.DEFAULT, Limits.DEFAULT, hasty)) {
      String answer = announce(slow, slow.ownerKey(), "PUT /new", EXPECT, "Content-Length: 5");
      assertThat(answer)
          .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 408 ")
          .contains("\r\n\r\ntimeout: ");
      assertThat(slow.snapshot()).hasSize(1);
      assertThat(slow.nextVisit().end()).isEqualTo("cut");
    }
  }

  private static DoorFixture with(Path root, Limits limits) throws IOException {
    return DoorFixture.in(root, HttpOptions.DEFAULT, limits, Deadlines.DEFAULT);
  }
}
