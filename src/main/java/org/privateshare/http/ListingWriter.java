package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.privateshare.share.UploadState;

/// How a listing is written, entry by entry. Only [#finish] makes it whole; a writer needs no
/// closing, and what goes on to the stream stays the caller's.
interface ListingWriter {
  /// Writes the next row.
  void row(Row row) throws IOException;

  /// Hands on to the stream what was held back of the rows so far.
  void flush() throws IOException;

  /// Writes what comes last.
  ///
  /// @param next the cursor of the next page, where there is one
  /// @param uploads what is on its way into the folder
  void finish(Optional<String> next, List<UploadState> uploads) throws IOException;
}
