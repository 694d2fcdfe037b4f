package org.privateshare.model;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// A CRC-32C of bytes that come one after the other, which may begin with those that another has
/// summed up already: sums combine, so nothing is read twice. One thread.
///
/// Two sums become that of both runs of bytes by moving the first as many bits to the left as the
/// second run is long, which is a multiplication by a power of x modulo the polynomial (as in
/// zlib's `crc32_combine`), here in the reflected order of RFC 9260 appendix A.
public final class Crc32c {
  private static final int POLYNOMIAL = 0x82f63b78;

  /// The polynomials 1 and x^8; the highest bit is the lowest power.
  private static final int ONE = 0x8000_0000;

  private static final int X_8 = 0x0080_0000;

  private final long prefix;
  private final CRC32C rest = new CRC32C();
  private long count;

  /// The sum of nothing yet.
  public Crc32c() {
    this(0);
  }

  /// The sum of bytes that are not here any more and of all that follow.
  ///
  /// @param prefix what [#value] was behind those bytes
  public Crc32c(long prefix) {
    this.prefix = prefix;
  }

  /// Adds all remaining bytes.
  public void update(ByteBuffer bytes) {
    count += bytes.remaining();
    rest.update(bytes);
  }

  /// The sum so far, in the low 32 bits.
  public long value() {
    return combine(prefix, rest.getValue(), count);
  }

  /// The sum so far.
  public Digest digest() {
    return Digest.crc32c(value());
  }

  /// The sum of two runs of bytes, one behind the other.
  ///
  /// @param secondLength how many bytes the second run has
  public static long combine(long first, long second, long secondLength) {
    return (product(power(secondLength), (int) first) ^ (int) second) & 0xffff_ffffL;
  }

  /// x to the power of 8 times `bytes`.
  private static int power(long bytes) {
    int result = ONE;
    int square = X_8;
    for (long left = bytes; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        result = product(square, result);
      }
      square = product(square, square);
    }
    return result;
  }

  private static int product(int a, int b) {
    int sum = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        sum ^= shifted;
      }
      shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
    }
    return sum;
  }
}
