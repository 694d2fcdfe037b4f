package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// What was sent under which name and what of it the server has acknowledged, kept in the memory of
/// the checker, where no fault of the server or its disk reaches. Thread-safe.
///
/// Files are compared byte by byte, which is stricter than by size and digest.
final class Journal {
  /// What a check found.
  ///
  /// @param acknowledged files that were acknowledged and are whole
  /// @param unacknowledged files that are whole though nobody was told so
  record Tally(int acknowledged, int unacknowledged) {
    Tally plus(Tally other) {
      return new Tally(acknowledged + other.acknowledged, unacknowledged + other.unacknowledged);
    }
  }

  private static final String HOUSEKEEPING = ".privateshare";

  private final Map<String, Content> sent = new ConcurrentHashMap<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /// Puts a file and notes what came of it. One put a name.
  RawClassic.Fate put(int port, String name, Content content) {
    sent.put(name, content);
    RawClassic.Fate fate = RawClassic.put(port, name, content);
    if (fate == RawClassic.Fate.ACKNOWLEDGED) {
      acknowledged.add(name);
    }
    return fate;
  }

  /// Begins anew, for another share.
  void forget() {
    sent.clear();
    acknowledged.clear();
  }

  /// How many files the server has acknowledged so far.
  int acknowledgements() {
    return acknowledged.size();
  }

  /// The content that was acknowledged under `name`.
  Content acknowledged(String name) {
    assertThat(acknowledged).contains(name);
    return content(name);
  }

  /// The names that have been acknowledged so far.
  Set<String> acknowledgedNames() {
    return Set.copyOf(acknowledged);
  }

  /// Compares the share with the journal: acknowledged files are there and whole, the others absent
  /// or whole, and nothing else is visible.
  Tally check(Path share) throws IOException {
    Set<String> there = visible(share);
    assertThat(there).as("lost: acknowledged, but gone").containsAll(acknowledged);
    assertThat(sent.keySet()).as("visible, but sent by nobody").containsAll(there);
    for (String name : there) {
      assertThat(content(name).isIn(share.resolve(name)))
          .as("%s is whole (acknowledged: %s)", name, acknowledged.contains(name))
          .isTrue();
    }
    return new Tally(acknowledged.size(), there.size() - acknowledged.size());
  }

  /// The names that a share shows.
  static Set<String> visible(Path share) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(share)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    names.remove(HOUSEKEEPING);
    return names;
  }

  /// The files that uploads have in the works or have left behind.
  static Set<Path> staged(Path share) throws IOException {
    Set<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(staging(share))) {
      entries.forEach(files::add);
    }
    return files;
  }

  /// Where a share keeps what is not published yet.
  static Path staging(Path share) {
    return share.resolve(HOUSEKEEPING).resolve("staging");
  }

  private Content content(String name) {
    Content content = sent.get(name);
    if (content == null) {
      throw new AssertionError("nobody sent " + name);
    }
    return content;
  }
}
