package org.privateshare.http;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.privateshare.model.Entry;
import org.privateshare.model.SharePath;
import org.privateshare.share.Entries;
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

  /// Entries that were picked before.
  static Rows of(Iterator<Entry> entries) {
    return () ->
        entries.hasNext()
            ? Optional.of(entries.next()).map(entry -> Row.of(entry.name(), entry))
            : Optional.empty();
  }

  /// All below `folder`.
  static Rows of(TreeEntries tree, SharePath folder) {
    int prefix = folder.isRoot() ? 0 : folder.toString().length() + 1;
    return () ->
        tree.next().map(found -> Row.of(found.path().toString().substring(prefix), found.entry()));
  }
}
