package org.privateshare.store;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The steps by which the names of a folder store change; `docs/storage.md` says what a crash
/// between any two of them leaves. Thread-safe.
final class FolderChanges {
  /// The version of what has none: a folder, a link.
  private static final String NO_VERSION = "";

  private final Containment containment;
  private final FolderMaker folders;
  private final TwinIndex twins;
  private final NameLocks names;
  private final FolderHistory history;

  FolderChanges(
      Containment containment,
      FolderMaker folders,
      TwinIndex twins,
      NameLocks names,
      FolderHistory history) {
    this.containment = containment;
    this.folders = folders;
    this.twins = twins;
    this.names = names;
    this.history = history;
  }

  /// Asks whether a file could be published as `target` now.
  void check(SharePath target, Precondition must) throws Refusal, IOException {
    Optional<Stat> there = find(target);
    must.require(target, version(there));
    if (there.isEmpty()) {
      requireFree(target);
    } else if (!there.get().isFile()) {
      throw new Refusal.Taken(target);
    }
  }

  /// Those of some names that nothing has.
  Set<SharePath> free(List<SharePath> names) throws IOException {
    Map<SharePath, List<SharePath>> byFolder =
        names.stream().collect(Collectors.groupingBy(SharePath::parent));
    Set<SharePath> free = new HashSet<>();
    for (Map.Entry<SharePath, List<SharePath>> group : byFolder.entrySet()) {
      Optional<Held> found = containment.hold(group.getKey().segments());
      if (found.isEmpty()) {
        free.addAll(group.getValue());
        continue;
      }
      try (Held folder = found.get()) {
        free.addAll(twins.free(folder, group.getValue()));
      }
    }
    return free;
  }

  private Optional<Stat> find(SharePath path) throws IOException {
    return SwappedException.again(() -> look(path));
  }

  private Optional<Stat> look(SharePath path) throws IOException {
    Optional<Held> held = containment.hold(path.segments());
    if (held.isEmpty()) {
      return Optional.empty();
    }
    try (Held found = held.get()) {
      return Optional.of(found.stat());
    }
  }

  private static Optional<String> version(Optional<Stat> found) {
    return found.map(stat -> stat.isFile() ? FolderFile.version(stat) : NO_VERSION);
  }

  /// Looks at the topmost name on the way to `target` that is missing: it must be free, and what it
  /// would be made in a folder.
  private void requireFree(SharePath target) throws Refusal.Taken, IOException {
    if (target.isRoot()) {
      throw new Refusal.Taken(target);
    }
    Optional<Held> found = containment.hold(target.parent().segments());
    if (found.isEmpty()) {
      requireFreeOrFolder(target.parent());
      return;
    }
    try (Held parent = found.get()) {
      if (!parent.stat().isFolder()) {
        throw new Refusal.Taken(target.parent());
      }
      twins.check(parent, target);
    }
  }

  private void requireFreeOrFolder(SharePath path) throws Refusal.Taken, IOException {
    try {
      requireFree(path);
    } catch (Refusal.Taken e) {
      // Another upload may have made the folder just now.
      if (find(path).filter(Stat::isFolder).isEmpty()) {
        throw e;
      }
    }
  }

  /// Gives the forced file `staged` the name `target` in its parent, which is held as `folder`.
  ///
  /// @return whether it took the place of another
  boolean publish(StagedBytes staged, Held folder, SharePath target, Precondition must)
      throws Refusal, IOException {
    boolean replaced = false;
    if (must == Precondition.Existence.ABSENT) {
      link(staged, folder, target);
    } else {
      replaced = replace(staged, folder, target, must);
    }
    folder.confirm();
    return replaced;
  }

  /// Locks the names of `folder` for many a [#link]. [#publish] is for afterwards.
  TwinIndex.Naming naming(Held folder) throws IOException {
    return twins.naming(folder);
  }

  /// As [#publish] of a name that must be free, one of many. The folder is confirmed after the
  /// last.
  void link(TwinIndex.Naming names, StagedBytes staged, Held folder, SharePath target)
      throws Refusal.Taken, IOException {
    names.claim(target, () -> staged.link(folder.child(target.name())));
  }

  private void link(StagedBytes staged, Held folder, SharePath target)
      throws Refusal.Taken, IOException {
    try (TwinIndex.Naming names = naming(folder)) {
      link(names, staged, folder, target);
    }
  }

  private boolean replace(StagedBytes staged, Held folder, SharePath target, Precondition must)
      throws Refusal, IOException {
    try (NameLocks.Locked _ = names.lock(folder.stat().key(), target.name())) {
      Optional<Stat> there = folder.find(target.name());
      must.require(target, version(there));
      if (there.isEmpty()) {
        link(staged, folder, target);
        return false;
      }
      if (!there.get().isFile()) {
        throw new Refusal.Taken(target);
      }
      Path name = folder.child(target.name());
      history.keep(target, place -> Files.createLink(place, name));
      // Our own calls wait for the lock; another program may have come between.
      Optional<Stat> now = folder.find(target.name());
      if (now.filter(stat -> stat.key().equals(there.get().key())).isEmpty()) {
        throw new Refusal.Changed(target);
      }
      twins.change(folder, () -> staged.moveOver(name));
      return true;
    }
  }

  void makeFolder(SharePath path) throws Refusal, IOException {
    if (path.isRoot()) {
      throw new Refusal.Taken(path);
    }
    requireFolder(path.parent());
    folders.make(path.segments());
  }

  private void requireFolder(SharePath path) throws Refusal, IOException {
    Stat found = find(path).orElseThrow(() -> new Refusal.Missing(path));
    if (!found.isFolder()) {
      throw new Refusal.Taken(path);
    }
  }

  void remove(SharePath path, Precondition must) throws Refusal, IOException {
    if (path.isRoot()) {
      throw new Refusal.NotEmpty(path);
    }
    try (Held folder = holdParent(path, must);
        NameLocks.Locked _ = names.lock(folder.stat().key(), path.name())) {
      Path name = folder.child(path.name());
      if (require(folder, path, must).isFile()) {
        history.keep(
            path,
            place ->
                twins.change(
                    folder, () -> Files.move(name, place, StandardCopyOption.ATOMIC_MOVE)));
      } else {
        removeFolder(folder, path);
      }
      folder.confirm();
      FolderMaker.force(folder);
    }
  }

  private void removeFolder(Held parent, SharePath path) throws Refusal.NotEmpty, IOException {
    try {
      twins.change(parent, () -> NameChange.removeFolder(parent.child(path.name())));
    } catch (DirectoryNotEmptyException e) {
      throw new Refusal.NotEmpty(path);
    }
  }

  /// Holds the folder around `path`.
  ///
  /// @throws Refusal.Missing where there is none, and so nothing at `path`
  private Held holdParent(SharePath path, Precondition must) throws Refusal, IOException {
    Optional<Held> parent = containment.hold(path.parent().segments());
    if (parent.isPresent() && parent.get().stat().isFolder()) {
      return parent.get();
    }
    parent.ifPresent(Held::close);
    must.require(path, Optional.empty());
    throw new Refusal.Missing(path);
  }

  /// What `path` is, which must exist for the share and be as demanded.
  private static Stat require(Held folder, SharePath path, Precondition must)
      throws Refusal, IOException {
    Optional<Stat> there = folder.find(path.name()).filter(stat -> stat.kind() != Stat.Kind.OTHER);
    must.require(path, version(there));
    return there.orElseThrow(() -> new Refusal.Missing(path));
  }

  void move(SharePath from, SharePath to, Precondition must) throws Refusal, IOException {
    if (!to.equals(from) && to.toString().startsWith(from.isRoot() ? "" : from + "/")) {
      throw new Refusal.BadName("nothing can be moved into itself");
    }
    if (to.isRoot() || to.equals(from)) {
      throw new Refusal.Taken(to);
    }
    try (Held source = holdParent(from, must)) {
      requireFolder(to.parent());
      try (Held target = folders.settle(to.parent().segments())) {
        move(source, from, target, to, must);
        FolderMaker.force(target);
        if (!from.parent().equals(to.parent())) {
          FolderMaker.force(source);
        }
      }
    }
  }

  private void move(Held source, SharePath from, Held target, SharePath to, Precondition must)
      throws Refusal, IOException {
    Object key = source.stat().key();
    try (NameLocks.Locked _ = names.lock(key, from.name())) {
      var _ = require(source, from, must);
      String leaving = key.equals(target.stat().key()) ? from.name() : "";
      twins.claim(
          target,
          to,
          leaving,
          () -> NameChange.moveToFree(source.child(from.name()), target.child(to.name())));
    }
    source.confirm();
    target.confirm();
  }
}
