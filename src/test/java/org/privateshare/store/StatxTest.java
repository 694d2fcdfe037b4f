package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The system call says what the JDK says of the same.
final class StatxTest {
  @TempDir private Path temp;

  private static void sameAsByTheJdk(Path path) throws IOException {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    int number = LibC.open(path.toString());
    try (Descriptor _ = new Descriptor(number)) {
      assertThat(Statx.of(number)).contains(Stat.of(path));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59.999999999Z",
        "1970-01-01T00:00:00Z",
        "2026-01-02T03:04:05.678901234Z",
        "2100-02-28T00:00:00.000000001Z"
      })
  void ofAFileOfAnyAge(String time) throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "123456789");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
    Files.createLink(temp.resolve("other name"), file);
    sameAsByTheJdk(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tmp", "/dev/null", "/dev/tty", "/proc/version", "/proc/self"})
  void ofAFolderADeviceAndWhatHasNoTimeOfBirth(String path) throws Exception {
    sameAsByTheJdk(Path.of(path));
  }

  @Test
  void aDescriptorThatIsClosedIsAFailure() {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    assertThatIOException().isThrownBy(() -> Statx.of(-1));
  }

  /// Versions are made of it, and shall be the same after an upgrade.
  @Test
  void theKeyIsWrittenAsTheJdkWritesIt() throws Exception {
    Object key = Files.readAttributes(temp, BasicFileAttributes.class).fileKey();
    assertThat(Stat.of(temp).key()).hasToString(String.valueOf(key));
  }
}
