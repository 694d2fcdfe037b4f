package org.privateshare.model;

/// Some bytes of a file that lie side by side; at least one.
///
/// @param first the position of the first one, from 0
/// @param last the position of the last one
public record ByteRange(long first, long last) {
  /// Checks that there is at least one byte.
  public ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("no range: " + first + " to " + last);
    }
  }

  /// How many bytes these are.
  public long length() {
    return last - first + 1;
  }

  /// Whether any byte is in both.
  public boolean overlaps(ByteRange other) {
    return first <= other.last && other.first <= last;
  }

  /// `first-last`, as in `Content-Range`.
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
