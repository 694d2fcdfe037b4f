package org.privateshare.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
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

  private final Containment containment;
  private final TwinIndex twins;
  private final Set<Identity> settled = ConcurrentHashMap.newKeySet();

  FolderMaker(Containment containment, TwinIndex twins) {
    this.containment = containment;
    this.twins = twins;
  }

  /// Holds the folder at `path` once it is settled, making what is missing.
  ///
  /// @throws Refusal.Taken where something else has the name of a folder on the way, or a twin has
  Held settle(SharePath path) throws Refusal.Taken, IOException {
    Optional<Held> known = find(path);
    if (known.isPresent() && (path.isRoot() || settled.contains(identity(known.get())))) {
      return known.get();
    }
    known.ifPresent(Held::close);
    if (path.isRoot()) {
      throw new IOException("the share folder is no folder any more");
    }
    try (Held parent = settle(path.parent())) {
      Held folder = findOrMake(parent, path);
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

  private Held findOrMake(Held parent, SharePath path) throws Refusal.Taken, IOException {
    Optional<Held> there = find(path);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      twins.claim(parent, path, () -> Files.createDirectory(parent.child(path.name())));
      parent.confirm();
    } catch (Refusal.Taken e) {
      // Another upload may have made the very folder first; anything else keeps it taken.
      return find(path).orElseThrow(() -> e);
    }
    return find(path).orElseThrow(() -> new IOException("a new folder vanished at once"));
  }

  private Optional<Held> find(SharePath path) throws IOException {
    Optional<Held> held = containment.hold(path.segments());
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
