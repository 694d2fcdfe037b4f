package org.privateshare.http;

import java.io.IOException;

/// How a listing is written, entry by entry. Only [#finish] makes it whole; a writer needs no
/// closing, and what goes on to the stream stays the caller's.
interface ListingWriter {
  /// Writes the next row.
  void row(Row row) throws IOException;

  /// Hands on to the stream what was held back of the rows so far.
  void flush() throws IOException;

  /// Writes what comes last.
  void finish(ListingEnd end) throws IOException;
}
