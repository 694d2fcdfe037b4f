package org.privateshare.share;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.Listing;

/// All below a folder as a stream, for one thread. One folder a level is open, and a path has at
/// most [SharePath#MAX_DEPTH] levels, so neither memory nor descriptors grow with the tree.
///
/// What stays where it is for as long as the walk lasts comes exactly once; what comes, goes or is
/// moved meanwhile once or not at all. A folder that vanishes before its turn is left out. Close is
/// idempotent.
public final class TreeEntries implements Closeable {
  /// When a folder comes.
  public enum Order {
    /// Before all that is in it: for who makes a tree of them.
    FOLDER_FIRST,
    /// After all that is in it, when it isn't open any more: for who removes them.
    FOLDER_LAST
  }

  /// Where the entries of a folder come from; empty where there is no such folder.
  @FunctionalInterface
  interface Lister {
    Optional<Listing> list(SharePath folder) throws IOException;
  }

  /// @param itself empty for the folder that the walk began in
  private record Level(SharePath path, Optional<TreeEntry> itself, Listing entries) {}

  private final Lister lister;
  private final Order order;
  private final Deque<Level> levels = new ArrayDeque<>();

  /// A walk through all below `top`, which itself never comes.
  ///
  /// @throws Refusal.Missing where no folder is there
  TreeEntries(Lister lister, SharePath top, Order order) throws Refusal.Missing, IOException {
    this.lister = lister;
    this.order = order;
    if (!enter(top, Optional.empty())) {
      throw new Refusal.Missing(top);
    }
  }

  private boolean enter(SharePath path, Optional<TreeEntry> itself) throws IOException {
    Optional<Listing> entries = lister.list(path);
    entries.ifPresent(found -> levels.push(new Level(path, itself, found)));
    return entries.isPresent();
  }

  /// The next one, or empty at the end and ever after.
  public Optional<TreeEntry> next() throws IOException {
    while (!levels.isEmpty()) {
      Level level = levels.element();
      Optional<Entry> entry = level.entries.next();
      Optional<TreeEntry> next =
          entry.isPresent() ? visit(below(level.path, entry.get())) : leave(level);
      if (next.isPresent()) {
        return next;
      }
    }
    return Optional.empty();
  }

  private static TreeEntry below(SharePath folder, Entry entry) {
    try {
      return new TreeEntry(folder.child(entry.name()), entry);
    } catch (Refusal.BadName e) {
      throw new IllegalStateException("a listing has no such names", e);
    }
  }

  private Optional<TreeEntry> visit(TreeEntry found) throws IOException {
    return switch (found.entry()) {
      case Entry.File _ -> Optional.of(found);
      case Entry.Folder _ -> {
        boolean isThere = enter(found.path(), Optional.of(found));
        yield isThere && order == Order.FOLDER_FIRST ? Optional.of(found) : Optional.empty();
      }
    };
  }

  private Optional<TreeEntry> leave(Level level) throws IOException {
    var _ = levels.remove();
    level.entries.close();
    return order == Order.FOLDER_LAST ? level.itself : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    try {
      for (Level level : levels) {
        level.entries.close();
      }
    } finally {
      levels.clear();
    }
  }
}
