package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What was asked of the server and what of it was acknowledged, kept in the memory of the checker,
/// where no fault of the server or its disk reaches. Thread-safe.
///
/// Files are compared byte by byte, which is stricter than by size and digest.
final class Journal {
  /// What a check found.
  ///
  /// @param acknowledged files that were acknowledged and are whole
  /// @param old old versions in the history, whole
  /// @param unacknowledged changes that are made in full though nobody was told so
  record Tally(int acknowledged, int old, int unacknowledged) {
    Tally plus(Tally other) {
      return new Tally(
          acknowledged + other.acknowledged,
          old + other.old,
          unacknowledged + other.unacknowledged);
    }
  }

  /// What a change makes of the share: some names show these files then, others nothing.
  private record Change(Map<String, Content> shows, Set<String> frees) {
    Set<String> names() {
      Set<String> names = new TreeSet<>(frees);
      names.addAll(shows.keySet());
      return names;
    }

    boolean touches(String name) {
      return shows.containsKey(name) || frees.contains(name);
    }
  }

  private static final String HOUSEKEEPING = ".privateshare";

  /// What is there by all that was acknowledged.
  private final State told = new State(new TreeMap<>(), new TreeMap<>());

  /// What was asked for and neither acknowledged nor refused: made in full, or not at all.
  private final List<Change> open = new ArrayList<>();

  private int acknowledgements;

  /// Puts a file through the classic door and notes what came of it.
  Door.Fate put(int port, String name, Content content) {
    return put(Door.CLASSIC, port, name, content);
  }

  /// Puts a file and notes what came of it.
  Door.Fate put(Door door, int port, String name, Content content) {
    return note(new Change(Map.of(name, content), Set.of()), () -> door.put(port, name, content));
  }

  /// Puts a file over HTTPS, in the place of another if there is one.
  Door.Fate replace(int port, String name, Content content) {
    return note(
        new Change(Map.of(name, content), Set.of()), () -> RawHttps.replace(port, name, content));
  }

  /// Removes a file over HTTPS.
  Door.Fate remove(int port, String name) {
    return note(new Change(Map.of(), Set.of(name)), () -> RawHttps.remove(port, name));
  }

  /// Renames a file that is acknowledged over HTTPS.
  Door.Fate move(int port, String from, String to) {
    return note(
        new Change(Map.of(to, acknowledged(from)), Set.of(from)),
        () -> RawHttps.move(port, from, to));
  }

  private Door.Fate note(Change change, Supplier<Door.Fate> way) {
    synchronized (this) {
      open.add(change);
    }
    Door.Fate fate = way.get();
    synchronized (this) {
      if (fate != Door.Fate.BROKEN) {
        open.remove(change);
      }
      if (fate == Door.Fate.ACKNOWLEDGED) {
        told.apply(change);
        acknowledgements++;
      }
    }
    return fate;
  }

  /// Begins anew, for another share.
  synchronized void forget() {
    told.shown.clear();
    told.kept.clear();
    open.clear();
  }

  /// How many changes the server has acknowledged so far.
  synchronized int acknowledgements() {
    return acknowledgements;
  }

  /// How many files have come into the history by what was acknowledged.
  synchronized int oldVersions() {
    return told.kept.values().stream().mapToInt(List::size).sum();
  }

  /// The content that was acknowledged under `name`.
  synchronized Content acknowledged(String name) {
    Content content = told.shown.get(name);
    if (content == null) {
      throw new AssertionError("nobody was told of " + name);
    }
    return content;
  }

  /// The names of files that are there by what was acknowledged and that nothing else is known of.
  synchronized Set<String> acknowledgedNames() {
    Set<String> names = new TreeSet<>(told.shown.keySet());
    open.forEach(change -> names.removeAll(change.names()));
    return names;
  }

  /// Compares the share with the journal: what was acknowledged is there and whole, under its name
  /// or in the history; what was not is made in full or not at all; nothing else is visible.
  synchronized Tally check(Path share) throws IOException {
    State expected = told.copy();
    int made = 0;
    for (Change change : open) {
      if (isMade(change, share)) {
        expected.apply(change);
        made++;
      }
    }
    assertThat(visible(share))
        .as("visible is what was acknowledged, and what was not but is whole")
        .isEqualTo(expected.shown.keySet());
    for (Map.Entry<String, Content> file : expected.shown.entrySet()) {
      assertThat(file.getValue().isIn(share.resolve(file.getKey())))
          .as("%s is whole", file.getKey())
          .isTrue();
    }
    int old = checkHistory(share, expected);
    return new Tally(expected.shown.size() - made, old, made);
  }

  private static boolean isMade(Change change, Path share) throws IOException {
    Set<String> there = visible(share);
    for (Map.Entry<String, Content> file : change.shows.entrySet()) {
      if (!there.contains(file.getKey()) || !file.getValue().isIn(share.resolve(file.getKey()))) {
        return false;
      }
    }
    return change.frees.stream().noneMatch(there::contains);
  }

  /// Every old version is there, and nothing else but perhaps a second name of a file that a change
  /// that came to nothing was about to replace.
  private int checkHistory(Path share, State expected) throws IOException {
    Path history = history(share);
    Set<String> paths = new TreeSet<>(expected.kept.keySet());
    paths.addAll(names(history));
    int found = 0;
    for (String path : paths) {
      List<Content> missing = new ArrayList<>(expected.kept.getOrDefault(path, List.of()));
      found += missing.size();
      Content present = expected.shown.get(path);
      for (String version : names(history.resolve(path))) {
        Path file = history.resolve(path).resolve(version);
        boolean isKept = takeOut(missing, file);
        boolean isHalfMade =
            present != null
                && open.stream().anyMatch(change -> change.touches(path))
                && present.isIn(file);
        assertThat(isKept || isHalfMade)
            .as("old version %s of %s is known", version, path)
            .isTrue();
      }
      assertThat(missing).as("lost: old versions of %s", path).isEmpty();
    }
    return found;
  }

  private static boolean takeOut(List<Content> contents, Path file) throws IOException {
    for (Content content : contents) {
      if (content.isIn(file)) {
        return contents.remove(content);
      }
    }
    return false;
  }

  /// The names that a share shows.
  static Set<String> visible(Path share) throws IOException {
    Set<String> names = names(share);
    names.remove(HOUSEKEEPING);
    return names;
  }

  private static Set<String> names(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    if (Files.exists(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries.forEach(entry -> names.add(entry.getFileName().toString()));
      }
    }
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

  /// Where a share keeps what was replaced or removed.
  static Path history(Path share) {
    return share.resolve(HOUSEKEEPING).resolve("history");
  }

  /// A share as it should be.
  ///
  /// @param shown what is visible
  /// @param kept the old versions of each path, in no order
  private record State(Map<String, Content> shown, Map<String, List<Content>> kept) {
    State copy() {
      Map<String, List<Content>> versions = new HashMap<>();
      kept.forEach((name, contents) -> versions.put(name, new ArrayList<>(contents)));
      return new State(new TreeMap<>(shown), versions);
    }

    /// What loses its name and gets no other goes into the history.
    void apply(Change change) {
      for (String name : change.names()) {
        Content old = shown.remove(name);
        if (old != null && !change.shows.containsValue(old)) {
          kept.computeIfAbsent(name, path -> new ArrayList<>()).add(old);
        }
      }
      shown.putAll(change.shows);
    }
  }
}
