package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// DELETE, MKCOL, MOVE and OPTIONS.
@Timeout(60)
final class ChangesTest {
  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    Files.writeString(door.folder().resolve("kept.txt"), "kept");
    Files.createDirectories(door.folder().resolve("full/empty"));
    Files.writeString(door.folder().resolve("full/a"), "a");
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String tagOf(String path) throws IOException {
    return door.owner("HEAD " + path, "").replaceFirst("(?s).*\r\nETag: ([^\r]*)\r\n.*", "$1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          DELETE /gone           !                               ! 404 ! missing
          DELETE /gone/          !                               ! 404 ! missing
          DELETE /full/          !                               ! 409 ! not-empty
          DELETE /full           !                               ! 409 ! not-empty
          DELETE /kept.txt/      !                               ! 404 ! missing
          DELETE /               !                               ! 403 ! denied
          DELETE /kept.txt?x     !                               ! 400 ! bad-request
          DELETE /kept.txt       ! If-Match: "x"                 ! 412 ! changed
          DELETE /kept.txt       ! If-Match: W/TAG               ! 412 ! changed
          DELETE /kept.txt       ! If-None-Match: TAG            ! 412 ! changed
          DELETE /kept.txt       ! If-None-Match: *              ! 412 ! taken
          DELETE /gone           ! If-Match: *                   ! 412 ! changed
          DELETE /gone/          ! If-Match: *                   ! 412 ! changed
          DELETE /full/empty/    ! If-Match: TAG                 ! 412 ! changed
          DELETE /full/empty/    ! If-None-Match: *              ! 412 ! taken
          MKCOL /full/           !                               ! 405 ! taken
          MKCOL /full            !                               ! 405 ! taken
          MKCOL /Full            !                               ! 405 ! taken
          MKCOL /kept.txt        !                               ! 405 ! taken
          MKCOL /kept.txt/a      !                               ! 409 ! no-folder
          MKCOL /gone/a          !                               ! 409 ! no-folder
          MKCOL /                !                               ! 403 ! denied
          MKCOL /a?b             !                               ! 400 ! bad-request
          MOVE /kept.txt         !                               ! 400 ! bad-request
          MOVE /kept.txt         ! Destination:                  ! 400 ! bad
          MOVE /kept.txt         ! Destination: new              ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: //evil.example/x ! 400 ! bad-name
          MOVE /kept.txt         ! Destination: https://evil.example/x ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: http://localhost/x?y   ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: http://me@localhost/x  ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: file:///x        ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: http://[::1/x    ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: /                ! 403 ! denied
          MOVE /kept.txt         ! Destination: *                ! 400 ! bad
          MOVE /kept.txt         ! Destination: /.privateshare/keys/x ! 400 ! bad-name
          MOVE /kept.txt         ! Destination: /full/a          ! 409 ! taken
          MOVE /kept.txt         ! Destination: /FULL/a          ! 409 ! no-folder
          MOVE /kept.txt         ! Destination: /kept.txt        ! 409 ! taken
          MOVE /kept.txt         ! Destination: /gone/a          ! 409 ! no-folder
          MOVE /kept.txt         ! Destination: /new/            ! 404 ! missing
          MOVE /kept.txt/        ! Destination: /new             ! 404 ! missing
          MOVE /gone             ! Destination: /new             ! 404 ! missing
          MOVE /gone             ! Destination: /gone/a          ! 400 ! bad-name
          MOVE /full/            ! Destination: /full/empty/full ! 400 ! bad-name
          MOVE /                 ! Destination: /new/            ! 403 ! denied
          MOVE /kept.txt?x       ! Destination: /new             ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: /full/a,Overwrite: F ! 412 ! taken
          MOVE /kept.txt         ! Destination: /new,Overwrite: T    ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: /new,Overwrite: f    ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: /a,Destination: /b   ! 400 ! bad-request
          MOVE /kept.txt         ! Destination: /new,If-Match: "x"   ! 412 ! changed
          POST /kept.txt         !                               ! 405 ! method
          POST /                 !                               ! 415 ! encoding
          PUT /.privateshare/health !                            ! 405 ! method
          """)
  void whatCannotBeDoneChangesNothing(String line, String fields, int status, String code)
      throws Exception {
    Map<String, String> before = door.snapshot();
    String[] sent =
        fields == null ? new String[0] : fields.replace("TAG", tagOf("/kept.txt")).split(",", -1);
    String answer = door.owner(line, "", sent);
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\r\n\r\n" + code);
    door.assertHarmless(before, answer);
  }

  @Test
  void whatIsNotAllowedSaysWhatIs() throws Exception {
    assertThat(door.owner("POST /kept.txt", ""))
        .contains("\r\nAllow: GET, HEAD, PUT, DELETE, MKCOL, MOVE, OPTIONS\r\n");
    assertThat(door.ask("OPTIONS * HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
        .startsWith("HTTP/1.1 204 ")
        .contains("\r\nAllow: OPTIONS\r\n");
  }

  @Test
  void aFolderIsMadeMovedAndRemoved() throws Exception {
    assertThat(door.owner("MKCOL /box/", "")).startsWith("HTTP/1.1 201 ");
    assertThat(door.owner("PUT /box/a", "a")).startsWith("HTTP/1.1 201 ");
    String url = "Destination: http://127.0.0.1:" + door.port() + "/crate/";
    assertThat(door.owner("MOVE /box/", "", url))
        .startsWith("HTTP/1.1 201 ")
        .contains("\r\nLocation: /crate/\r\n");
    assertThat(door.folder().resolve("crate/a")).hasContent("a");
    String tag = tagOf("/crate/a");
    assertThat(door.owner("MOVE /crate/a", "", "Destination: /crate/A", "If-Match: " + tag))
        .startsWith("HTTP/1.1 201 ");
    assertThat(door.owner("DELETE /crate/A", "", "If-Match: *")).startsWith("HTTP/1.1 204 ");
    assertThat(door.owner("DELETE /crate/", "", "If-Match: *")).startsWith("HTTP/1.1 204 ");
    assertThat(door.folder().resolve("crate")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE /kept.txt, put+replace+get+list, /, 403",
    "MOVE /kept.txt, delete, /, 403",
    "MOVE /kept.txt, put, /, 403",
    "MOVE /kept.txt, put+delete, kept.txt, 404",
    "MOVE /kept.txt, put+delete, new, 404",
    "MKCOL /new, delete+replace, /, 403",
    "DELETE /full/a, delete, other/, 404",
    "DELETE /full2/a, delete, full/, 404",
    "DELETE /full/, delete, full/, 403",
    "DELETE /FULL/a, delete, full/, 404"
  })
  void aKeyGoesNoFurtherThanItSays(String line, String rights, String path, int status)
      throws Exception {
    Map<String, String> before = door.snapshot();
    String key = door.key(rights.replace('+', ','), path);
    String answer = door.as(key, line, "", "Destination: /new");
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    door.assertHarmless(before, answer);
  }
}
