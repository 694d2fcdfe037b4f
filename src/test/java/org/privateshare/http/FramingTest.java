package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.privateshare.net.RawPeer;

/// HTTP/1.1 that others might read in two ways, byte by byte over a socket.
@Timeout(60)
final class FramingTest {
  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    Files.writeString(door.folder().resolve("kept.txt"), "kept");
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  @AfterEach
  void removeWhatShouldNotBeThere() throws IOException {
    var _ = Files.deleteIfExists(door.folder().resolve("new"));
  }

  /// The text with its escapes made bytes, and the owner's key.
  private static String bytes(String text) throws IOException {
    return text.replace("\\r", "\r")
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\x0b", "\u000b")
        .replace("\\x00", "\u0000")
        .replace("\\xe9", "\u00e9")
        .replace("KEY", "Authorization: Bearer " + door.ownerKey());
  }

  /// Sends a PUT with these fields and what follows the head; a request behind it must never be
  /// taken for one. Returns everything that was answered.
  private String put(String fields, String rest) throws IOException {
    return door.raw(
        bytes(
            "PUT /new HTTP/1.1\\r\\nHost: localhost\\r\\nKEY\\r\\n"
                + fields
                + "\\r\\n\\r\\n"
                + rest));
  }

  private void assertRefused(Map<String, String> before, String answer, String statuses)
      throws IOException {
    assertThat(answer).matches("(?s)HTTP/1\\.1 (" + statuses + ") .*");
    assertThat(answer.split("HTTP/1\\.1 ", -1)).as("answers").hasSize(2);
    door.assertHarmless(before, answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          Content-Length: 5\\r\\nContent-Length: 6                        ! 400
          Content-Length: 5\\r\\nContent-Length: 5                        ! 400
          Content-Length: 5, 5                                            ! 400
          Content-Length: +5                                              ! 400
          Content-Length: -1                                              ! 400
          Content-Length: 0x5                                             ! 400
          Content-Length: 5 5                                             ! 400
          Content-Length: 5_0                                             ! 400
          Content-Length:                                                 ! 400
          Content-Length: 99999999999999999999                            ! 400|413
          Content-Length: 5\\r\\nTransfer-Encoding: chunked               ! 400
          Transfer-Encoding: chunked\\r\\nContent-Length: 5               ! 400
          Transfer-Encoding: chunked, chunked                             ! 400|501
          Transfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked      ! 400|501
          Transfer-Encoding: xchunked                                     ! 400|501
          Transfer-Encoding: gzip, chunked                                ! 400|501|415
          Transfer-Encoding: identity                                     ! 400|501
          Transfer-Encoding: \\x0bchunked                                 ! 400|501
          Transfer-Encoding: chunked\\t\\x0b                              ! 400|501
          Transfer-Encoding : chunked                                     ! 400
          Space : before                                                  ! 400
          Na\\xe9me: x                                                    ! 400
          Na\\x00me: x                                                    ! 400
          Name: a\\x00b                                                   ! 400
          Folded: a\\r\\n b                                               ! 400
          \\ : x                                                          ! 400
          No-Colon                                                        ! 400
          Host: localhost                                                 ! 400
          Host: evil.example                                              ! 400
          Expect: 200-ok                                                  ! 417
          Expect: 100-continue, x                                         ! 417
          """)
  void anAmbiguousHeadIsRefusedAndTheConnectionClosed(String fields, String statuses)
      throws Exception {
    Map<String, String> before = door.snapshot();
    assertRefused(before, put(fields, "hello"), statuses);
    assertRefused(
        before,
        put(
            fields,
            "5\\r\\nhello\\r\\n0\\r\\n\\r\\n"
                + "GET /kept.txt HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"),
        statuses);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1\\r\\nhello\\r\\n0\\r\\n\\r\\n",
        "0x5\\r\\nhello\\r\\n0\\r\\n\\r\\n",
        "1_0\\r\\nhello\\r\\n0\\r\\n\\r\\n",
        "fffffffffffffffff\\r\\nhello\\r\\n0\\r\\n\\r\\n",
        "00000000000000005\\r\\nhello\\r\\n0\\r\\n\\r\\n",
        "\\r\\nhello\\r\\n0\\r\\n\\r\\n",
        " 5\\r\\nhello\\r\\n0\\r\\n\\r\\n",
        "5\\nhello\\r\\n0\\r\\n\\r\\n",
        "5\\rhello\\r\\n0\\r\\n\\r\\n",
        "5\\r\\nhelloX\\r\\n0\\r\\n\\r\\n",
        "5\\r\\nhello0\\r\\n\\r\\n",
        "5;x=\"a\\r\\nb\"\\r\\nhello\\r\\n0\\r\\n\\r\\n",
        "5;x\\nhello\\r\\n0\\r\\n\\r\\n",
        "5\\r\\nhello\\r\\n0\\r\\nA: b\\r\\nbroken trailer\\r\\n\\r\\n",
        "g\\r\\nhello\\r\\n0\\r\\n\\r\\n"
      })
  void aBrokenChunkPublishesNothing(String body) throws Exception {
    Map<String, String> before = door.snapshot();
    assertRefused(before, put("Transfer-Encoding: chunked", body), "400");
  }

  @Test
  void aChunkExtensionWithoutEndIsNotReadForEver() throws Exception {
    Map<String, String> before = door.snapshot();
    assertRefused(
        before,
        put(
            "Transfer-Encoding: chunked",
            "5;" + "x".repeat(64 << 10) + "\\r\\nhello\\r\\n0\\r\\n\\r\\n"),
        "400|413|431");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 6!hello",
        "Content-Length: 6!",
        "Transfer-Encoding: chunked!5\\r\\nhello\\r\\n",
        "Transfer-Encoding: chunked!5\\r\\nhello\\r\\n0\\r\\n",
        "Transfer-Encoding: chunked!5\\r\\nhel"
      })
  void aBodyThatEndsBeforeItsEndPublishesNothing(String request) throws Exception {
    Map<String, String> before = door.snapshot();
    String[] parts = request.split("!", 2);
    try (RawPeer peer = door.connect()) {
      peer.tell(
          bytes(
              "PUT /new HTTP/1.1\\r\\nHost: localhost\\r\\nKEY\\r\\n"
                  + parts[0]
                  + "\\r\\n\\r\\n"
                  + parts[1]));
      String answer =
          new String(peer.fin().readAll(), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 400 ");
      door.assertHarmless(before, answer);
    }
  }

  @Test
  void trailersAreNeverTakenForFields() throws Exception {
    Map<String, String> before = door.snapshot();
    String answer =
        door.raw(
            bytes(
                "PUT /new HTTP/1.1\\r\\nHost: localhost\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"
                    + "5\\r\\nhello\\r\\n0\\r\\nKEY\\r\\n"
                    + "Host: evil\\r\\nContent-Length: 1\\r\\n\\r\\n"));
    assertThat(answer).startsWith("HTTP/1.1 401 ");
    door.assertHarmless(before, answer);
    answer = put("Transfer-Encoding: chunked", "0\\r\\n" + "A: b\\r\\n".repeat(10_000) + "\\r\\n");
    assertThat(answer).matches("(?s)HTTP/1\\.1 4(00|31) .*");
    door.assertHarmless(before, answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          GET /kept.txt HTTP/1.1                                             ! 400
          GET /kept.txt HTTP/1.1\\r\\nHost:                                  ! 400
          GET /kept.txt HTTP/1.1\\r\\nHost: localhost, localhost             ! 400
          GET /kept.txt HTTP/1.1\\r\\nHost: me@localhost                     ! 400
          GET /kept.txt HTTP/1.1\\r\\nHost: localhost/x                      ! 400
          GET /kept.txt HTTP/1.1\\r\\nHost: local\\x00host                   ! 400
          GET /kept.txt HTTP/1.1\\r\\nHost: localhost:x                      ! 400
          GET /kept.txt HTTP/1.1\\r\\nHost: evil.example                     ! 421
          GET /kept.txt HTTP/1.1\\r\\nHost: localhost.                       ! 421
          GET /kept.txt HTTP/1.1\\r\\nHost: 192.0.2.1                        ! 421
          GET /kept.txt HTTP/1.1\\r\\nHost: 127.1                            ! 421
          GET /kept.txt HTTP/1.1\\r\\nHost: 0x7f000001                       ! 421
          GET http://evil.example/kept.txt HTTP/1.1\\r\\nHost: evil.example  ! 421
          GET http://evil.example/kept.txt HTTP/1.1\\r\\nHost: localhost     ! 400
          GET http://localhost/kept.txt HTTP/1.1\\r\\nHost: evil.example     ! 400
          GET http://me@localhost/kept.txt HTTP/1.1\\r\\nHost: localhost     ! 400
          GET localhost:80 HTTP/1.1\\r\\nHost: localhost                     ! 400
          GET * HTTP/1.1\\r\\nHost: localhost                                ! 400
          GET kept.txt HTTP/1.1\\r\\nHost: localhost                         ! 400
          CONNECT localhost:80 HTTP/1.1\\r\\nHost: localhost                 ! 400|401|405
          CONNECT evil.example:80 HTTP/1.1\\r\\nHost: evil.example           ! 400|405|421
          TRACE / HTTP/1.1\\r\\nHost: localhost\\r\\nKEY                     ! 405
          PATCH /kept.txt HTTP/1.1\\r\\nHost: localhost\\r\\nKEY             ! 405
          FOO /kept.txt HTTP/1.1\\r\\nHost: localhost\\r\\nKEY               ! 501
          PROPFIND / HTTP/1.1\\r\\nHost: localhost\\r\\nKEY                  ! 405
          GET /kept.txt HTTP/1.2\\r\\nHost: localhost                        ! 400|505
          GET /kept.txt HTTP/2.0\\r\\nHost: localhost                        ! 400|426|505
          GET /kept.txt#x HTTP/1.1\\r\\nHost: localhost                      ! 400
          """)
  void aRequestThatNamesAnotherServerOrNothingIsRefused(String head, String statuses)
      throws Exception {
    Map<String, String> before = door.snapshot();
    String answer = door.raw(bytes(head + "\\r\\nConnection: close\\r\\n\\r\\n"));
    assertThat(answer).matches("(?s)HTTP/1\\.1 (" + statuses + ") .*");
    door.assertHarmless(before, answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:80"})
  void ownNamesAndAddressesPassWhateverThePort(String host) throws Exception {
    assertThat(door.ask("OPTIONS / HTTP/1.1\nHost: " + host + "\nConnection: close\n\n"))
        .startsWith("HTTP/1.1 204 ");
    assertThat(
            door.ask(
                "OPTIONS http://" + host + "/ HTTP/1.1\nHost: " + host + "\nConnection: close\n\n"))
        .startsWith("HTTP/1.1 204 ");
  }

  @Test
  void aMethodOfAKibibyteIsRefused() throws Exception {
    Map<String, String> before = door.snapshot();
    String answer =
        door.raw(
            bytes(
                "X".repeat(1024)
                    + " / HTTP/1.1\\r\\nHost: localhost\\r\\nKEY\\r\\n"
                    + "Connection: close\\r\\n\\r\\n"));
    assertThat(answer).matches("(?s)HTTP/1\\.1 (400|501) .*");
    door.assertHarmless(before, answer);
  }

  @Test
  void aMethodInLowerCaseIsNoMethod() throws Exception {
    // In clear the first letter tells HTTP from the classic protocol; so the second is small.
    String answer = door.raw(bytes("Get /kept.txt HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"));
    assertThat(answer).doesNotContain("kept");
  }

  @Test
  void aMethodIsNotOverriddenByAField() throws Exception {
    Map<String, String> before = door.snapshot();
    String answer = door.owner("OPTIONS /kept.txt", "", "X-HTTP-Method-Override: DELETE");
    assertThat(answer).startsWith("HTTP/1.1 204 ");
    door.assertHarmless(before, answer);
  }

  @Test
  void aBodyThatMeansNothingIsTakenSoThatTheNextRequestIsWhole() throws Exception {
    String next = "OPTIONS /next HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n";
    for (String body :
        new String[] {
          "Content-Length: 9\\r\\n\\r\\nDELETE / ",
          "Content-Length: 65536\\r\\n\\r\\n" + "x".repeat(65_536),
          "Transfer-Encoding: chunked\\r\\n\\r\\n9\\r\\nDELETE / \\r\\n0\\r\\n\\r\\n"
        }) {
      String answer =
          door.raw(bytes("OPTIONS / HTTP/1.1\\r\\nHost: localhost\\r\\n" + body + next));
      assertThat(answer.split("HTTP/1\\.1 204", -1)).as(body).hasSize(3);
    }
    String answer =
        door.raw(
            bytes(
                "OPTIONS / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 65537\\r\\n\\r\\n"
                    + "x".repeat(65_537)
                    + next));
    assertThat(answer)
        .startsWith("HTTP/1.1 413 ")
        .contains("Connection: close")
        .doesNotContain("204");
  }
}
