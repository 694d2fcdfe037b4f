package org.privateshare.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Makes the folders that a published file needs, and makes them last.
///
/// A folder is *settled* once it and its name in its parent, and so on up to the root, were forced
/// to the medium: before that, a power cut could take an acknowledged file away together with its
/// folder, whoever made that. Thread-safe.
final class FolderMaker {
  /// How many folders are remembered as settled; forcing one again is cheap.
  private static final int MAX_SETTLED = 10_000;

  /// A folder over its whole life: inode numbers are used again.
  private record Identity(Object key, FileTime created) {}

  /// Makes the missing folder `path`, whose parent is held.
  interface Making {
    void make(Held parent, List<String> path) throws Refusal.Taken, IOException;
  }

  private final Containment containment;
  private final Making making;
  private final Set<Identity> settled = ConcurrentHashMap.newKeySet();

  FolderMaker(Containment containment, Making making) {
    this.containment = containment;
    this.making = making;
  }

  /// Makes folders of the share: none that is a twin of another name.
  static FolderMaker ofShare(Containment containment, TwinIndex twins) {
    return new FolderMaker(
        containment,
        (parent, path) ->
            twins.claim(
                parent,
                new SharePath(path),
                () -> Files.createDirectory(parent.child(path.getLast()))));
  }

  /// Holds the folder at `path` once it is settled, making what is missing.
  ///
  /// @param path as for [Containment#hold]
  /// @throws Refusal.Taken where something else has the name of a folder on the way, or a twin has
  Held settle(List<String> path) throws Refusal.Taken, IOException {
    Optional<Held> known = find(path);
    if (known.isPresent() && (path.isEmpty() || settled.contains(identity(known.get())))) {
      return known.get();
    }
    known.ifPresent(Held::close);
    if (path.isEmpty()) {
      throw new IOException("the share folder is no folder any more");
    }
    try (Held parent = settle(path.subList(0, path.size() - 1))) {
      return settled(parent, findOrMake(parent, path));
    }
  }

  /// Makes the folder at `path`, which must be new, in one that is there, and settles it.
  ///
  /// @throws Refusal.Taken where the name or a twin of it is taken
  void make(List<String> path) throws Refusal.Taken, IOException {
    try (Held parent = settle(path.subList(0, path.size() - 1))) {
      settled(parent, make(parent, path)).close();
    }
  }

  private Held settled(Held parent, Held folder) throws IOException {
    try {
      force(folder);
      force(parent);
      remember(identity(folder));
      return folder;
    } catch (Throwable e) {
      folder.close();
      throw e;
    }
  }

  /// Brings the names in a folder to the medium.
  ///
  /// XFS that an error of the medium has shut down says that this went well though the names are
  /// lost (`xfs_dir_fsync` doesn't ask); a look at the folder fails then.
  static void force(Held folder) throws IOException {
    try (FileChannel channel = folder.channel()) {
      channel.force(true);
    }
    var _ = folder.stat();
  }

  private Held findOrMake(Held parent, List<String> path) throws Refusal.Taken, IOException {
    Optional<Held> there = find(path);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      return make(parent, path);
    } catch (Refusal.Taken e) {
      // Another upload may have made the very folder first; anything else keeps it taken.
      return find(path).orElseThrow(() -> e);
    }
  }

  private Held make(Held parent, List<String> path) throws Refusal.Taken, IOException {
    making.make(parent, path);
    parent.confirm();
    return find(path).orElseThrow(() -> new IOException("a new folder vanished at once"));
  }

  private Optional<Held> find(List<String> path) throws IOException {
    Optional<Held> held = containment.hold(path);
    if (held.isPresent() && !held.get().stat().isFolder()) {
      held.get().close();
      return Optional.empty();
    }
    return held;
  }

  private void remember(Identity folder) {
    if (settled.size() >= MAX_SETTLED) {
      settled.clear();
    }
    settled.add(folder);
  }

  private static Identity identity(Held folder) throws IOException {
    Stat stat = folder.stat();
    return new Identity(stat.key(), stat.created());
  }
}
