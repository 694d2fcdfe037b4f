package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Entry;

/// The entries of one folder as a stream, for one thread, in constant memory.
///
/// An entry that stays for as long as the listing lasts comes exactly once; one that is added or
/// removed meanwhile comes once or not at all. Close is idempotent.
public interface Listing extends Closeable {
  /// The next entry, or empty at the end and ever after.
  Optional<Entry> next() throws IOException;

  /// The name of the next entry, or empty at the end and ever after: for who picks few out of many,
  /// since what an entry is costs most. It may have gone by the time that it is asked for.
  default Optional<String> nextName() throws IOException {
    return next().map(Entry::name);
  }
}
