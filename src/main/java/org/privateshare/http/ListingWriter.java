package org.privateshare.http;

import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Entry;

/// How a listing is written, entry by entry. Only [#finish] makes it whole; a writer needs no
/// closing, and what goes on to the stream stays the caller's.
interface ListingWriter {
  /// Writes the next entry.
  void entry(Entry entry) throws IOException;

  /// Writes what comes last.
  ///
  /// @param next the cursor of the next page, where there is one
  void finish(Optional<String> next) throws IOException;
}
