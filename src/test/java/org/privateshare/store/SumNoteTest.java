package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;

/// The note of a file's sum, and everything that makes it void.
final class SumNoteTest {
  private static final String NAME = "privateshare.crc32c";
  private static final Digest SUM = Digest.crc32c(0xe3069283L);

  @TempDir private Path temp;
  private Path file = Path.of("");

  @BeforeEach
  void noteTheSumOfAFile() throws IOException {
    file = Files.writeString(temp.resolve("file"), "123456789");
    assumeThat(Files.getFileStore(file).supportsFileAttributeView("user")).isTrue();
    SumNote.write(file, SUM);
  }

  private Optional<Digest> read() throws IOException {
    return read(file);
  }

  /// What each way of reading finds, which must be the same.
  private static Optional<Digest> read(Path path) throws IOException {
    Set<Optional<Digest>> found = new HashSet<>();
    for (Way way : Way.values()) {
      try (Containment share = way.contain(Objects.requireNonNull(path.getParent()));
          Held held = share.hold(List.of(String.valueOf(path.getFileName()))).orElseThrow()) {
        found.add(SumNote.read(held, held.stat()));
      }
    }
    assertThat(found).as("what every way finds").hasSize(1);
    return found.iterator().next();
  }

  private UserDefinedFileAttributeView attributes() {
    return Objects.requireNonNull(
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class));
  }

  @Test
  void whatIsNotedIsRead() throws Exception {
    assertThat(read()).contains(SUM);
    Files.createLink(temp.resolve("other name"), file);
    assertThat(read(temp.resolve("other name"))).contains(SUM);
  }

  @Test
  void theFormatIsTheDocumentedOne() throws Exception {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z")));
    SumNote.write(file, SUM);
    ByteBuffer bytes = ByteBuffer.allocate(100);
    var _ = attributes().read(NAME, bytes);
    assertThat(StandardCharsets.US_ASCII.decode(bytes.flip()).toString())
        .isEqualTo("e3069283 9 2026-01-02T03:04:05.678Z");
  }

  @Test
  void aFileThatAnotherProgramChangedHasNone() throws Exception {
    Files.writeString(file, "987654321", StandardOpenOption.WRITE); // as long as before
    assertThat(read()).isEmpty();
  }

  @Test
  void aFileThatAnotherProgramExtendedHasNone() throws Exception {
    FileTime before = Files.getLastModifiedTime(file);
    Files.writeString(file, "0", StandardOpenOption.APPEND);
    Files.setLastModifiedTime(file, before);
    assertThat(read()).isEmpty();
  }

  @Test
  void aFileWithAnotherTimeHasNone() throws Exception {
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "e3069283", "E3069283 9 TIME", "e306928 9 TIME", "x 9 TIME"})
  void somebodyElsesTextIsNone(String text) throws Exception {
    String time = Files.getLastModifiedTime(file).toInstant().toString();
    String full = text.replace("TIME", time);
    var _ = attributes().write(NAME, StandardCharsets.US_ASCII.encode(full));
    assertThat(read()).isEmpty();
  }

  @Test
  void anEndlessTextIsNone() throws Exception {
    var _ = attributes().write(NAME, ByteBuffer.allocate(1_000));
    assertThat(read()).isEmpty();
  }

  @Test
  void aFileWithoutANoteHasNone() throws Exception {
    attributes().delete(NAME);
    assertThat(read()).isEmpty();
    SumNote.write(file, new Digest(Digest.Algorithm.SHA_256, "00".repeat(32)));
    assertThat(read()).isEmpty();
  }

  /// `/proc` keeps no attributes: neither noting nor reading may fail there.
  @Test
  void whereThereAreNoAttributesThereIsNoNote() throws Exception {
    Path proc = Path.of("/proc/version");
    assumeThat(proc).isReadable();
    SumNote.write(proc, SUM);
    assertThat(read(proc)).isEmpty();
  }
}
