package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import org.privateshare.model.Entry;
import org.privateshare.model.Printable;

/// A listing for people: a name a line, a folder's with a slash behind it. What a terminal should
/// not get is escaped. The cursor of the next page stands in the head of the answer.
///
/// @param out gets UTF-8
record PlainListing(OutputStream out) implements ListingWriter {
  @Override
  public void row(Row row) throws IOException {
    String end = row.entry() instanceof Entry.Folder ? "/\n" : "\n";
    out.write((Printable.escape(row.name()) + end).getBytes(UTF_8));
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void finish(ListingEnd end) {
    // The last line is as good an end as any.
  }
}
