package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Entry;
import org.privateshare.model.EntryName;

/// The entries of one folder as a stream, for one thread, in constant memory.
///
/// An entry that stays for as long as the listing lasts comes exactly once; one that is added or
/// removed meanwhile comes once or not at all. Close is idempotent.
public interface Listing extends Closeable {
  /// The next entry, or empty at the end and ever after.
  Optional<Entry> next() throws IOException;

  /// The name of the next entry and whether it is a folder, or empty at the end and ever after: for
  /// who picks few out of many, since a look at an entry costs most. It may have gone by the time
  /// that it is asked for.
  default Optional<EntryName> nextName() throws IOException {
    return next().map(EntryName::of);
  }
}
