package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Gives out names: each at most once, and none that is a twin of another (see [NameFold]).
///
/// The exact name is decided by the call that makes it (`link(2)`, `mkdir(2)`). Twins no call knows
/// of, so looking and making happen under a lock of the folder: among our own uploads that is
/// exact. A twin that another program makes while the lock is held may stay unnoticed.
///
/// A folder is read once and its names kept as hashes for as long as its times stay what they were
/// after our own last change, so that n uploads into one folder don't read it n times. A hash that
/// is found leads to reading the folder again: the medium decides. At most [#MAX_NAMES] names are
/// kept (16 MiB); a larger folder is read each time. Thread-safe.
final class TwinIndex {
  /// How many names are kept at most, over all folders.
  static final int MAX_NAMES = 2_000_000;

  /// Up to how many names a folder is read only to learn which ones are free.
  static final int FEW = 10_000;

  /// Of how many folders at most.
  private static final int MAX_FOLDERS = 1_000;

  /// No name of an entry.
  private static final String NONE = "";

  /// What makes the name; fails with `FileAlreadyExistsException` where it is taken.
  interface Making {
    void run() throws IOException;
  }

  /// The times of a folder, which change with its entries.
  private record Stamp(FileTime modified, FileTime changed) {
    static Stamp of(Stat folder) {
      return new Stamp(folder.modified(), folder.changed());
    }
  }

  /// @param size how many names there were when they were kept
  private record Known(Stamp stamp, NameHashes names, int size) {
    Known(Stamp stamp, NameHashes names) {
      this(stamp, names, names.size());
    }
  }

  private final Lock[] locks = new Lock[64];
  private final int seed = new SecureRandom().nextInt();
  private final int maxNames;
  private final AtomicLong readings = new AtomicLong();

  /// By folder, the one used longest ago first. Guarded by itself.
  private final Map<Object, Known> folders = new LinkedHashMap<>(16, 0.75f, true);

  /// How many names are in there. Guarded by that.
  private int kept;

  TwinIndex() {
    this(MAX_NAMES);
  }

  TwinIndex(int maxNames) {
    this.maxNames = maxNames;
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /// Makes `path`, whose parent is held as `folder`.
  ///
  /// @throws Refusal.Taken where it or a twin of it exists
  void claim(Held folder, SharePath path, Making making) throws Refusal.Taken, IOException {
    claim(folder, path, NONE, making);
  }

  /// As [#claim(Held, SharePath, Making)], where making the name takes the name `leaving` of the
  /// same folder away, which therefore is no twin.
  void claim(Held folder, SharePath path, String leaving, Making making)
      throws Refusal.Taken, IOException {
    try (Naming names = naming(folder)) {
      names.claim(path, leaving, making);
    }
  }

  /// Locks the names of `folder`, for who makes many of them.
  Naming naming(Held folder) throws IOException {
    Object key = folder.stat().key();
    Lock lock = lockOf(key);
    lock.lock();
    try {
      Stamp stamp = Stamp.of(folder.stat());
      Known known = known(key);
      return new Naming(
          folder,
          key,
          lock,
          stamp,
          known != null && known.stamp.equals(stamp) ? known.names : null);
    } catch (Throwable e) {
      lock.unlock();
      throw e;
    }
  }

  /// The names of one folder, locked until this is closed. The folder is looked at when it begins
  /// and when it ends: what another program makes in between may stay unnoticed. For one thread,
  /// which makes no change in any other folder meanwhile.
  final class Naming implements Closeable {
    private final Held folder;
    private final Object key;
    private final Lock lock;
    private final Stamp before;
    private @Nullable NameHashes names;
    private boolean isChanged;

    private Naming(Held folder, Object key, Lock lock, Stamp before, @Nullable NameHashes names) {
      this.folder = folder;
      this.key = key;
      this.lock = lock;
      this.before = before;
      this.names = names;
    }

    /// Reads the folder where its names aren't known, unless they are many.
    private void learn() throws IOException {
      if (names == null) {
        names = readFew(folder);
      }
    }

    /// Whether it is known, without reading the folder, that neither this name nor a twin is there.
    boolean isFree(SharePath path) {
      return names != null && !names.mayContain(NameFold.fold(path.name()));
    }

    /// As [TwinIndex#claim(Held, SharePath, Making)].
    void claim(SharePath path, Making making) throws Refusal.Taken, IOException {
      claim(path, NONE, making);
    }

    private void claim(SharePath path, String leaving, Making making)
        throws Refusal.Taken, IOException {
      NameHashes all = requireNoTwin(path, leaving);
      try {
        making.run();
      } catch (FileAlreadyExistsException e) {
        names = null; // another program has been here
        throw new Refusal.Taken(path);
      }
      isChanged = true;
      all.add(NameFold.fold(path.name()));
    }

    private NameHashes requireNoTwin(SharePath path, String leaving)
        throws Refusal.Taken, IOException {
      String folded = NameFold.fold(path.name());
      NameHashes known = names;
      if (known == null || known.mayContain(folded)) {
        known = read(folder, path, folded, leaving);
        names = known;
      }
      return known;
    }

    @Override
    public void close() throws IOException {
      try {
        if (names != null) {
          keep(key, new Known(isChanged ? Stamp.of(folder.stat()) : before, names));
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /// Makes a change in `folder` by which no new name comes into it, so that its names stay known.
  void change(Held folder, Making making) throws IOException {
    Object key = folder.stat().key();
    Lock lock = lockOf(key);
    lock.lock();
    try {
      Stamp before = Stamp.of(folder.stat());
      making.run();
      Known known = known(key);
      if (known != null && known.stamp.equals(before)) {
        // A name that left stays in the hashes, which costs a reading at most.
        keep(key, new Known(Stamp.of(folder.stat()), known.names));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Asks whether [#claim] could succeed now.
  ///
  /// @throws Refusal.Taken where it could not
  void check(Held folder, SharePath path) throws Refusal.Taken, IOException {
    if (folder.find(path.name()).isPresent()) {
      throw new Refusal.Taken(path);
    }
    try (Naming names = naming(folder)) {
      var _ = names.requireNoTwin(path, NONE);
    }
  }

  /// Those of some names of `folder` that nothing has; none where it holds more than [#FEW] and
  /// isn't known. Nobody is sure of them for long.
  List<SharePath> free(Held folder, List<SharePath> paths) throws IOException {
    if (!folder.stat().isFolder()) {
      return List.of();
    }
    try (Naming names = naming(folder)) {
      names.learn();
      return paths.stream().filter(names::isFree).toList();
    }
  }

  /// How many names are kept now.
  int kept() {
    synchronized (folders) {
      return kept;
    }
  }

  /// How often a folder was read, for the tests of what is spared.
  long readings() {
    return readings.get();
  }

  private Lock lockOf(Object key) {
    return locks[Math.floorMod(key.hashCode(), locks.length)];
  }

  private NameHashes read(Held folder, SharePath path, String folded, String leaving)
      throws Refusal.Taken, IOException {
    readings.incrementAndGet();
    NameHashes names = new NameHashes(seed);
    try (DirectoryStream<Path> entries = folder.entries()) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        String other = NameFold.fold(name);
        if (other.equals(folded) && !name.equals(leaving)) {
          throw name.equals(path.name())
              ? new Refusal.Taken(path)
              : Refusal.Taken.byTwin(path, name);
        }
        names.add(other);
      }
    } catch (DirectoryIteratorException e) {
      throw MediumFailure.of(e);
    }
    return names;
  }

  /// The names of a folder, or null where they are more than a few.
  private @Nullable NameHashes readFew(Held folder) throws IOException {
    readings.incrementAndGet();
    NameHashes names = new NameHashes(seed);
    try (DirectoryStream<Path> entries = folder.entries()) {
      for (Path entry : entries) {
        if (names.size() == Math.min(FEW, maxNames)) {
          return null;
        }
        names.add(NameFold.fold(String.valueOf(entry.getFileName())));
      }
    } catch (DirectoryIteratorException e) {
      throw MediumFailure.of(e);
    }
    return names;
  }

  private @Nullable Known known(Object key) {
    synchronized (folders) {
      return folders.get(key);
    }
  }

  private void keep(Object key, Known known) {
    synchronized (folders) {
      kept += known.size - sizeOf(folders.put(key, known));
      Iterator<Known> oldest = folders.values().iterator();
      while (kept > maxNames || folders.size() > MAX_FOLDERS) {
        kept -= oldest.next().size;
        oldest.remove();
      }
    }
  }

  private static int sizeOf(@Nullable Known known) {
    return known == null ? 0 : known.size;
  }
}
