package org.privateshare.http;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.Entries;
import org.privateshare.share.Share;
import org.privateshare.share.TreeEntries;

/// The rows of a listing one after the other, for one thread. What they come from stays the
/// caller's to close.
@FunctionalInterface
interface Rows {
  /// The next one, or empty at the end.
  Optional<Row> next() throws IOException;

  /// The entries of a folder.
  static Rows of(Entries entries) {
    return () -> entries.next().map(entry -> Row.of(entry.name(), entry));
  }

  /// Those in `folder` that have these names, and are still there.
  static Rows of(Iterator<String> names, Share share, SharePath folder) {
    return () -> {
      Optional<Row> row = Optional.empty();
      while (row.isEmpty() && names.hasNext()) {
        row = find(names.next(), share, folder);
      }
      return row;
    };
  }

  private static Optional<Row> find(String name, Share share, SharePath folder) throws IOException {
    try {
      return share.find(folder.child(name)).map(entry -> Row.of(name, entry));
    } catch (Refusal.BadName e) {
      throw new IllegalStateException("a listing has no such names", e);
    }
  }

  /// All below `folder`.
  static Rows of(TreeEntries tree, SharePath folder) {
    int prefix = folder.isRoot() ? 0 : folder.toString().length() + 1;
    return () ->
        tree.next().map(found -> Row.of(found.path().toString().substring(prefix), found.entry()));
  }
}
