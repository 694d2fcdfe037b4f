package org.privateshare.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Read back by the JDK, from the beginning as a stream and by the directory at the end.
final class ZipWriterTest {
  private static final Instant TIME = Instant.parse("2026-11-22T10:00:01Z");
  private static final Map<String, String> CONTENTS =
      Map.of("empty", "", "d/é".repeat(60), "short", "large", "0123456789".repeat(20_000));

  @TempDir private Path folder;

  private static void write(OutputStream out) throws IOException {
    try (ZipWriter zip = new ZipWriter(out)) {
      zip.folder("folder", TIME);
      for (var file : CONTENTS.entrySet()) {
        byte[] bytes = file.getValue().getBytes(UTF_8);
        zip.beginFile(file.getKey(), bytes.length, TIME);
        zip.write(bytes, 0, bytes.length / 3);
        zip.write(bytes, bytes.length / 3, bytes.length - bytes.length / 3);
        zip.endFile();
      }
      zip.finish();
    }
  }

  @Test
  void itIsReadFromItsBeginning() throws IOException {
    var out = new ByteArrayOutputStream();
    write(out);
    Map<String, String> found = new TreeMap<>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        found.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
        assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(TIME);
      }
    }
    assertThat(found.remove("folder/")).isEmpty();
    assertThat(found).isEqualTo(CONTENTS);
  }

  @Test
  void itIsReadByItsDirectory() throws IOException {
    Path file = folder.resolve("a.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isEqualTo(CONTENTS.size() + 1);
      assertThat(zip.getEntry("folder/").isDirectory()).isTrue();
      for (var expected : CONTENTS.entrySet()) {
        ZipEntry entry = zip.getEntry(expected.getKey());
        assertThat(entry.getSize()).isEqualTo(expected.getValue().length());
        assertThat(zip.getInputStream(entry).readAllBytes())
            .asString(UTF_8)
            .isEqualTo(expected.getValue());
      }
    }
  }

  /// More members than 16 bits count, and a directory that doesn't stay in memory.
  @Test
  void aHundredThousandMembersNeedNoMemory() throws IOException {
    Path file = folder.resolve("many.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipWriter zip = new ZipWriter(out)) {
      for (int i = 0; i < 100_000; i++) {
        zip.folder("folder-" + i, TIME);
      }
      zip.finish();
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isEqualTo(100_000);
      assertThat(zip.getEntry("folder-99999/")).isNotNull();
    }
  }

  /// Zip64, announced before anything shows that it isn't needed.
  @Test
  void aFileThatMayBeLargeSaysItsSizesIn64Bits() throws IOException {
    Path file = folder.resolve("large.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipWriter zip = new ZipWriter(out)) {
      zip.beginFile("large", 5L << 30, TIME);
      zip.write("less".getBytes(UTF_8), 0, 4);
      zip.endFile();
      zip.folder("behind", TIME);
      zip.finish();
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry("large");
      assertThat(entry.getSize()).isEqualTo(4);
      assertThat(zip.getInputStream(entry).readAllBytes()).asString(UTF_8).isEqualTo("less");
    }
  }
}
