package org.privateshare.client;

import java.util.HexFormat;

/// A place in a file with the sum of all before it.
///
/// @param position how many bytes are before it
/// @param sum their CRC-32C, in the low 32 bits
public record Mark(long position, long sum) {
  /// The beginning of every file.
  public static final Mark START = new Mark(0, 0);

  /// Checks that the sum has 32 bits.
  public Mark {
    if (position < 0 || sum >>> 32 != 0) {
      throw new IllegalArgumentException("no mark");
    }
  }

  /// Reads what [#toString] writes.
  ///
  /// @throws IllegalArgumentException where it is something else
  static Mark parse(String text) {
    String[] halves = text.split(":", -1);
    if (halves.length != 2 || halves[1].length() != 8) {
      throw new IllegalArgumentException("no mark");
    }
    return new Mark(Long.parseLong(halves[0]), HexFormat.fromHexDigitsToLong(halves[1]));
  }

  @Override
  public String toString() {
    return position + ":" + HexFormat.of().toHexDigits(sum, 8);
  }
}
