package org.privateshare.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The history of a folder store. A mirror of the share lies in its own hidden folder, in which
/// every file that ever lost its name is a folder that holds its old versions:
///
/// ```text
/// .privateshare/history/photos/apple.jpg/.20260102T030405.678Z-0f1e2d3c4b5a6978
/// ```
///
/// There is nothing beside the files themselves that could go wrong or missing. The old versions of
/// one path lie together, so listing a path reads no other; and a path that is changed often has
/// its folder forced to disk once. Thread-safe.
final class FolderHistory implements History {
  /// Gives an old version its name in the history.
  interface Keeping {
    void to(Path place) throws IOException;
  }

  private static final List<String> HOME = List.of(StagingFolder.HOUSE, "history");

  private final Life.Gate gate;
  private final Containment containment;
  private final FolderMaker share;
  private final TwinIndex twins;
  private final NameLocks names;
  private final FolderMaker mirror;

  /// Held for reading by who needs a folder of the mirror to stay, for writing to remove one.
  private final ReentrantReadWriteLock folders = new ReentrantReadWriteLock();

  FolderHistory(
      Life.Gate gate,
      Containment containment,
      FolderMaker share,
      TwinIndex twins,
      NameLocks names) {
    this.gate = gate;
    this.containment = containment;
    this.share = share;
    this.twins = twins;
    this.names = names;
    this.mirror = new FolderMaker(containment, FolderHistory::makeMirrored);
  }

  /// Twins are no matter here: what they are twins of may be long gone.
  private static void makeMirrored(Held parent, List<String> path) throws IOException {
    try {
      Files.createDirectory(
          parent.child(path.getLast()),
          PosixFilePermissions.asFileAttribute(StagingFolder.OWNER_FOLDER));
    } catch (FileAlreadyExistsException e) {
      // Another change may have made it; whether it is a folder shows when it is held.
    }
  }

  static List<String> mirrored(SharePath path) {
    return Stream.concat(HOME.stream(), path.segments().stream()).toList();
  }

  /// Has the present file at `path` kept, and returns once no power cut can lose that.
  void keep(SharePath path, Keeping keeping) throws IOException {
    folders.readLock().lock();
    try (Held folder = mirror.settle(mirrored(path))) {
      keeping.to(folder.child(KeptName.fresh(Instant.now()).entry()));
      folder.confirm();
      FolderMaker.force(folder);
    } catch (Refusal.Taken e) {
      throw new IOException("something is in the way in the history of " + path, e);
    } finally {
      folders.readLock().unlock();
    }
  }

  @Override
  public OldVersions list(SharePath path) throws IOException {
    return new FolderOldVersions(gate, containment, path);
  }

  @Override
  public void restore(SharePath path, String id, SharePath to) throws Refusal, IOException {
    KeptName name = KeptName.ofId(id).orElseThrow(() -> new Refusal.Missing(path));
    if (to.isRoot()) {
      throw new Refusal.Taken(to);
    }
    try (Life.Use _ = gate.begin();
        Held kept = containment.hold(mirrored(path)).orElseThrow(() -> new Refusal.Missing(path))) {
      if (kept.find(name.entry()).filter(Stat::isFile).isEmpty()) {
        throw new Refusal.Missing(path);
      }
      try (Held folder = share.settle(to.parent().segments())) {
        restore(kept.child(name.entry()), path, folder, to);
        folder.confirm();
        FolderMaker.force(folder);
        FolderMaker.force(kept);
      }
    } catch (IOException e) {
      MediumFailure.refuseIfFull(e);
      throw MediumFailure.during("restore", path, e);
    }
  }

  private void restore(Path kept, SharePath path, Held folder, SharePath to)
      throws Refusal, IOException {
    try {
      twins.claim(folder, to, () -> NameChange.moveToFree(kept, folder.child(to.name())));
    } catch (NoSuchFileException e) {
      throw new Refusal.Missing(path); // somebody else restored or purged it just now
    }
  }

  @Override
  public long purge(Instant limit) throws IOException {
    try (Life.Use _ = gate.begin()) {
      return purge(SharePath.ROOT, limit);
    } catch (DirectoryIteratorException e) {
      throw MediumFailure.during("purge the history of", SharePath.ROOT, MediumFailure.of(e));
    } catch (IOException e) {
      throw MediumFailure.during("purge the history of", SharePath.ROOT, e);
    }
  }

  /// Goes down to the folders without folders first, as deep as a path may be.
  private long purge(SharePath path, Instant limit) throws IOException {
    Optional<Held> held = containment.hold(mirrored(path));
    if (held.isEmpty()) {
      return 0;
    }
    try (Held folder = held.get()) {
      return folder.stat().isFolder() ? purge(folder, path, limit) : 0;
    }
  }

  private long purge(Held folder, SharePath path, Instant limit) throws IOException {
    long deleted = 0;
    try (DirectoryStream<Path> entries = folder.entries()) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        Optional<KeptName> kept = KeptName.ofEntry(name);
        Optional<SharePath> below = below(path, name);
        if (kept.isPresent()) {
          deleted += purge(folder, path, kept.get(), limit) ? 1 : 0;
        } else if (below.isPresent() && folder.find(name).filter(Stat::isFolder).isPresent()) {
          deleted += purge(below.get(), limit);
          removeIfEmpty(folder.child(name));
        }
      }
    }
    return deleted;
  }

  static Optional<SharePath> below(SharePath path, String name) {
    try {
      return Optional.of(path.child(name));
    } catch (Refusal.BadName e) {
      return Optional.empty(); // none of ours
    }
  }

  private boolean purge(Held folder, SharePath path, KeptName kept, Instant limit)
      throws IOException {
    Optional<Stat> stat = folder.find(kept.entry()).filter(Stat::isFile);
    if (stat.isEmpty()) {
      return false;
    }
    if (kept.since().isBefore(limit)) {
      return Files.deleteIfExists(folder.child(kept.entry()));
    }
    if (stat.get().links() > 1) {
      dropIfCurrent(folder.child(kept.entry()), stat.get(), path);
    }
    return false;
  }

  /// Removes the name of a file that a killed replace had put into the history already, and that is
  /// still the current one: were it written to in place, its history would change.
  private void dropIfCurrent(Path entry, Stat kept, SharePath path) throws IOException {
    Optional<Held> parent = containment.hold(path.parent().segments());
    if (parent.isEmpty()) {
      return;
    }
    // A replace under way holds this lock.
    try (Held folder = parent.get();
        NameLocks.Locked _ = names.lock(folder.stat().key(), path.name())) {
      if (folder.find(path.name()).filter(now -> now.key().equals(kept.key())).isPresent()) {
        Files.deleteIfExists(entry);
      }
    }
  }

  private void removeIfEmpty(Path folder) throws IOException {
    folders.writeLock().lock();
    try {
      NameChange.removeFolder(folder);
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // There is something left to keep, or nothing to remove.
    } finally {
      folders.writeLock().unlock();
    }
  }
}
