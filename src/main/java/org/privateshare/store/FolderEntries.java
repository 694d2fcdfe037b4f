package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Entry;
import org.privateshare.model.EntryName;

/// What is in one folder of the file system, in its order: files and folders only. For one thread,
/// from the first call to the last.
interface FolderEntries extends Closeable {
  /// The next entry, or empty at the end. What vanishes between its name and its turn is left out.
  Optional<Entry> next() throws IOException;

  /// The name of the next entry, which is looked at only where the folder doesn't tell whether it
  /// is a file or a folder.
  default Optional<EntryName> nextName() throws IOException {
    return next().map(EntryName::of);
  }
}
