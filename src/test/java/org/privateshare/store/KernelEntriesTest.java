package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Entry;
import org.privateshare.model.EntryName;

/// The system calls say what the JDK says of the same folder.
final class KernelEntriesTest {
  @TempDir private Path temp;

  private Descriptor folder() {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    return new Descriptor(LibC.open(temp.toString()));
  }

  private static FolderEntries kernel(Descriptor folder, Predicate<String> wanted)
      throws IOException {
    return KernelEntries.of(folder.number(), wanted).orElseThrow();
  }

  private static List<Entry> all(FolderEntries entries) throws IOException {
    List<Entry> found = new ArrayList<>();
    try (entries) {
      for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
        found.add(entry.get());
      }
    }
    return found;
  }

  private void run(String... words) throws Exception {
    assertThat(new ProcessBuilder(words).directory(temp.toFile()).start().waitFor()).isZero();
  }

  @Test
  void namesAndKindsOfEverySort() throws Exception {
    for (String name : List.of("a", "é", "😀", "x".repeat(255), "real \ufffd", ".hidden")) {
      Path file = Files.writeString(temp.resolve(name), name);
      Path _ = Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(-1, 5)));
    }
    Path _ = Files.createDirectory(temp.resolve("folder"));
    Path _ = Files.createSymbolicLink(temp.resolve("link"), Path.of("a"));
    Path _ = Files.createSymbolicLink(temp.resolve("nowhere"), Path.of("none"));
    run("mkfifo", "fifo");
    run("sh", "-c", ": > \"$(printf 'no\\377text')\"; : > \"$(printf 'cut\\303')\"");
    try (Descriptor folder = folder()) {
      List<Entry> found = all(kernel(folder, name -> !name.equals("é")));
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              all(new JdkEntries(folder, name -> !name.equals("é"))))
          .extracting(Entry::name)
          .contains("a", "😀", "x".repeat(255), "real \ufffd", ".hidden", "folder")
          .doesNotContain("é", "link", "nowhere", "fifo", ".", "..", "cut\ufffd");
    }
  }

  @Test
  void moreThanTheKernelSaysAtOnce() throws Exception {
    List<String> names = IntStream.range(0, 2_000).mapToObj(i -> "a file, number " + i).toList();
    for (String name : names) {
      Path _ = Files.createFile(temp.resolve(name));
    }
    try (Descriptor folder = folder()) {
      assertThat(all(kernel(folder, name -> true)))
          .extracting(Entry::name)
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void namesAloneAreThoseOfFilesAndFolders() throws Exception {
    Files.writeString(temp.resolve("a"), "1");
    Path _ = Files.createDirectory(temp.resolve("b"));
    run("mkfifo", "fifo");
    try (Descriptor folder = folder();
        FolderEntries entries = kernel(folder, name -> true)) {
      assertThat(List.of(entries.nextName().orElseThrow(), entries.nextName().orElseThrow()))
          .containsExactlyInAnyOrder(new EntryName("a", false), new EntryName("b", true));
      assertThat(entries.nextName()).isEmpty();
    }
  }

  @Test
  void whatVanishesBeforeItsTurnIsLeftOutAndTheEndIsTheEnd() throws Exception {
    for (int i = 0; i < 10; i++) {
      Path _ = Files.createFile(temp.resolve("n" + i));
    }
    try (Descriptor folder = folder();
        FolderEntries entries = kernel(folder, name -> true)) {
      String first = entries.next().orElseThrow().name();
      for (int i = 0; i < 10; i++) {
        Files.delete(temp.resolve("n" + i));
      }
      Path _ = Files.createFile(temp.resolve(first));
      Optional<Entry> second = entries.next();
      // Not one of the nine: what was made again may come again.
      assertThat(second.map(Entry::name)).isIn(Optional.empty(), Optional.of(first));
      while (second.isPresent()) {
        second = entries.next();
      }
      Path _ = Files.createFile(temp.resolve("later"));
      assertThat(entries.next()).isEmpty();
    }
  }

  @Test
  void aFolderThatWasRemovedIsEmpty() throws Exception {
    Path gone = Files.createDirectory(temp.resolve("gone"));
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    try (Descriptor folder = new Descriptor(LibC.open(gone.toString()));
        FolderEntries entries = kernel(folder, name -> true)) {
      Files.delete(gone);
      assertThat(entries.next()).isEmpty();
    }
  }
}
