package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that a page of another site makes a browser send.
@Timeout(60)
final class SitesTest {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: Same-Origin",
        "Sec-Fetch-Site: same-origin, cross-site",
        "Sec-Fetch-Site:",
        "Origin: null",
        "Origin:",
        "Origin: https://host.evil",
        "Origin: https://evil/localhost",
        "Origin: http://localhost.evil",
        "Origin: http://localhost:1",
        "Origin: ftp://localhost",
        "Origin: http://localhost@evil",
        "Origin: http://127.0.0.1",
        "Origin: http://localhost, http://evil",
        "Origin: //localhost",
        "Origin: http://[",
        "Origin: http://localhost\r\nOrigin: http://evil"
      })
  void aChangeFromAnotherSiteIsDeniedBeforeItsBody(String field) throws Exception {
    Map<String, String> before = door.snapshot();
    for (String line :
        List.of("PUT /new", "POST /.privateshare/keys", "DELETE /kept.txt", "MOVE /kept.txt")) {
      String answer =
          door.owner(
              line, "", field, "Destination: /new", "Expect: 100-continue", "Content-Length: 2");
      assertThat(answer).as(line).startsWith("HTTP/1.1 403 ").contains("\r\n\r\ndenied: ");
      assertThat(answer).doesNotContainIgnoringCase("access-control-");
      door.assertHarmless(before, answer);
    }
    assertThat(door.owner("HEAD /kept.txt", "", field))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContainIgnoringCase("access-control-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "Origin: http://localhost",
        "Origin: http://localhost:80",
        "Origin: http://LOCALHOST",
        // The proxy in front of us took the TLS off.
        "Origin: https://localhost"
      })
  void aChangeFromThisOneIsMade(String field) throws Exception {
    assertThat(door.owner("PUT /new?replace", "x", field)).startsWith("HTTP/1.1 20");
  }
}
