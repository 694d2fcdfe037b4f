package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `X-OC-Mtime` of a PUT, through the real server.
@Timeout(60)
final class ClientMtimeTest {
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

  @ParameterizedTest
  @CsvSource({
    "1000000000, 2001-09-09T01:46:40Z",
    "1000000000.5, 2001-09-09T01:46:40.500Z",
    "1000000000.123456789999, 2001-09-09T01:46:40.123456789Z",
    "-2, 1969-12-31T23:59:58Z",
    "0, 1970-01-01T00:00:00Z"
  })
  void theTimeOfChangeIsKeptWhereItIsSaid(String said, Instant time) throws Exception {
    String name = "/timed" + said;
    String answer = door.owner("PUT " + name, "1", "X-OC-Mtime: " + said);
    assertThat(answer).startsWith("HTTP/1.1 201 ").contains("\r\nX-OC-Mtime: accepted\r\n");
    assertThat(Files.getLastModifiedTime(door.folder().resolve(name.substring(1))).toInstant())
        .isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "1e9", "0x10", "1.", "123456789012", "1, 2"})
  void whatIsNoTimeOfChangeIsRefused(String said) throws Exception {
    String answer = door.owner("PUT /untimed", "1", "X-OC-Mtime: " + said);
    assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("accepted");
    assertThat(door.folder().resolve("untimed")).doesNotExist();
  }
}
