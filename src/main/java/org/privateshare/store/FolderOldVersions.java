package org.privateshare.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.privateshare.model.OldVersion;
import org.privateshare.model.SharePath;

/// A walk through the history of a folder store, depth first: it holds one open folder for each
/// level that it is deep in, whatever their number of entries.
final class FolderOldVersions implements OldVersions {
  /// A folder that is being read.
  private record Level(
      SharePath path, Held folder, DirectoryStream<Path> stream, Iterator<Path> names) {
    void close() throws IOException {
      try {
        stream.close();
      } finally {
        folder.close();
      }
    }
  }

  private final Life.Gate gate;
  private final Containment containment;
  private final SharePath start;
  private final Deque<Level> levels = new ArrayDeque<>();

  FolderOldVersions(Life.Gate gate, Containment containment, SharePath start) throws IOException {
    this.gate = gate;
    this.containment = containment;
    this.start = start;
    try (Life.Use _ = gate.begin()) {
      enter(start);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public Optional<OldVersion> next() throws IOException {
    try (Life.Use _ = gate.begin()) {
      while (!levels.isEmpty()) {
        Level level = levels.peek();
        if (!level.names.hasNext()) {
          levels.pop().close();
          continue;
        }
        Optional<OldVersion> found = visit(level, level.names.next());
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    } catch (DirectoryIteratorException e) {
      throw failed(MediumFailure.of(e));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Optional<OldVersion> visit(Level level, Path entry) throws IOException {
    String name = String.valueOf(entry.getFileName());
    Optional<KeptName> kept = KeptName.ofEntry(name);
    if (kept.isEmpty()) {
      Optional<SharePath> below = FolderHistory.below(level.path, name);
      if (below.isPresent()) {
        enter(below.get());
      }
      return Optional.empty();
    }
    return level
        .folder
        .find(name)
        .filter(Stat::isFile)
        .map(
            stat ->
                new OldVersion(
                    level.path,
                    kept.get().id(),
                    stat.size(),
                    stat.modified().toInstant(),
                    kept.get().since()));
  }

  private void enter(SharePath path) throws IOException {
    Optional<Held> held = containment.hold(FolderHistory.mirrored(path));
    if (held.isEmpty()) {
      return;
    }
    Held folder = held.get();
    try {
      if (folder.stat().isFolder()) {
        DirectoryStream<Path> stream = folder.entries();
        levels.push(new Level(path, folder, stream, stream.iterator()));
      } else {
        folder.close();
      }
    } catch (Throwable e) {
      folder.close();
      throw e;
    }
  }

  private IOException failed(IOException e) {
    return MediumFailure.during("list the history of", start, e);
  }

  @Override
  public void close() throws IOException {
    while (!levels.isEmpty()) {
      levels.pop().close();
    }
  }
}
