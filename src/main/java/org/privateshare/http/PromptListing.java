package org.privateshare.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Sends rows together while they come quickly. Where one comes late, since the medium is slow or a
/// sum takes its time, it goes out at once with those that wait, whether there is a pieceful of
/// them or not.
final class PromptListing implements ListingWriter {
  /// How long rows wait for others; a quick listing is over by then.
  static final Duration MOST_HELD = Duration.ofMillis(50);

  private final ListingWriter writer;
  private final OutputStream out;
  private final LongSupplier nanos;
  private long sent;

  /// @param out where `writer` writes to
  /// @param nanos the clock, as [System#nanoTime()]
  PromptListing(ListingWriter writer, OutputStream out, LongSupplier nanos) {
    this.writer = writer;
    this.out = out;
    this.nanos = nanos;
    this.sent = nanos.getAsLong();
  }

  @Override
  public void row(Row row) throws IOException {
    writer.row(row);
    if (nanos.getAsLong() - sent >= MOST_HELD.toNanos()) {
      flush();
      sent = nanos.getAsLong();
    }
  }

  @Override
  public void flush() throws IOException {
    writer.flush();
    out.flush();
  }

  @Override
  public void finish(ListingEnd end) throws IOException {
    writer.finish(end);
    out.flush();
  }
}
