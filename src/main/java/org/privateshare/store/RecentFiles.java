package org.privateshare.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.SharePath;

/// The small files that are asked for again and again, with their bytes: whoever opens one finds it
/// here, provided that it is still as `stat` says.
///
/// A file is read for this when it is asked for twice within a second, and is good for a second: so
/// even a program that changes a file behind the back of its times (by `mmap`) is seen to have done
/// so. One that changed a moment ago is left out, since another change in the same tick of the
/// clock wouldn't show. Thread-safe.
final class RecentFiles {
  /// What is kept at most: 4 MiB.
  static final int MOST = 256;

  static final int MOST_BYTES = 16 << 10;

  static final Duration KEPT = Duration.ofSeconds(1);

  /// More than the coarsest clock of a file system (FAT).
  static final Duration SETTLED = Duration.ofSeconds(3);

  private final Map<SharePath, Recent> byPath =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SharePath, Recent> eldest) {
          return size() > MOST;
        }
      };

  private final InstantSource clock;

  /// @param clock the one that files get their times from
  RecentFiles(InstantSource clock) {
    this.clock = clock;
  }

  /// @param since the time of the JVM in which it was put here
  /// @param file null where it was asked for once
  private record Recent(Stat stat, long since, @Nullable SmallFile file) {
    boolean isFresh(long now) {
      return now - since < KEPT.toNanos();
    }
  }

  /// Whether a small file was lately at this path, so that looking for it again most likely needs
  /// nothing of the medium.
  boolean has(SharePath path) {
    Recent recent = get(path);
    return recent != null && recent.file != null && recent.isFresh(System.nanoTime());
  }

  /// The file at this path, if it is here and still as it is now.
  Optional<StoredFile> find(SharePath path, Stat now) {
    Recent recent = get(path);
    return recent != null && recent.isFresh(System.nanoTime()) && recent.stat.equals(now)
        ? Optional.ofNullable(recent.file)
        : Optional.empty();
  }

  /// Takes note of a file that was opened; takes it over.
  ///
  /// @return the same, perhaps in memory
  StoredFile opened(SharePath path, Stat stat, FolderFile file) throws IOException {
    if (stat.size() > MOST_BYTES || !isSettled(stat)) {
      return file;
    }
    long now = System.nanoTime();
    Recent before = get(path);
    boolean again = before != null && before.isFresh(now) && before.stat.equals(stat);
    SmallFile small = null;
    if (again) {
      try (file) {
        small = SmallFile.of(file);
      }
    }
    put(path, new Recent(stat, now, small));
    return small == null ? file : small;
  }

  private boolean isSettled(Stat stat) {
    Instant then = clock.instant().minus(SETTLED);
    return stat.changed().toInstant().isBefore(then) && stat.modified().toInstant().isBefore(then);
  }

  private synchronized @Nullable Recent get(SharePath path) {
    return byPath.get(path);
  }

  private synchronized void put(SharePath path, Recent recent) {
    var _ = byPath.put(path, recent);
  }
}
