package org.privateshare.share;

import org.privateshare.model.Crc32c;
import org.privateshare.model.Digest;

/// Bytes of an upload that are on the medium.
///
/// @param start the position of the first
/// @param end the position behind the last
/// @param digest their CRC-32C
public record Run(long start, long end, Digest digest) {
  /// Nothing, at the beginning.
  static final Run NOTHING = new Run(0, 0, Digest.crc32c(0));

  /// One that begins at `offset`.
  static Run emptyAt(long offset) {
    return new Run(offset, offset, NOTHING.digest);
  }

  /// Checks the bounds.
  public Run {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no run: " + start + " to " + end);
    }
  }

  /// This one with `count` more bytes behind it, which sum up to `more`.
  Run plus(long count, Digest more) {
    long sum = Crc32c.combine(value(digest), value(more), count);
    return new Run(start, end + count, Digest.crc32c(sum));
  }

  private static long value(Digest crc) {
    return Long.parseLong(crc.hex(), 16);
  }
}
