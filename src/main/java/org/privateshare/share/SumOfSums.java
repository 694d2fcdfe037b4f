package org.privateshare.share;

import org.privateshare.model.Digest;

/// Combines the CRC-32C of two pieces into that of both together, without their bytes.
///
/// A CRC is the remainder of the message, as a polynomial over GF(2), divided by P. Bytes behind a
/// message multiply it by a power of x; so the sum of both is that of the first times x to the 8
/// times the second's length, plus that of the second. The way of zlib's `crc32_combine` (Mark
/// Adler), for the polynomial of RFC 9260 appendix A.
final class SumOfSums {
  /// P, reflected: the bit of x to the 31 is the lowest.
  private static final int POLYNOMIAL = 0x82f63b78;

  /// The polynomial 1, reflected.
  private static final int ONE = 1 << 31;

  /// x to the 2 to the n, modulo P.
  private static final int[] POWERS = powers();

  private SumOfSums() {}

  private static int[] powers() {
    int[] powers = new int[64];
    int power = ONE >>> 1;
    for (int n = 0; n < powers.length; n++) {
      powers[n] = power;
      power = times(power, power);
    }
    return powers;
  }

  /// The sum of `first` followed by `length` bytes that sum up to `second`.
  static Digest of(Digest first, Digest second, long length) {
    int shifted = times(powerOfX(length), value(first));
    return Digest.crc32c(shifted ^ value(second));
  }

  private static int value(Digest sum) {
    if (sum.algorithm() != Digest.Algorithm.CRC32C) {
      throw new IllegalArgumentException("only CRC-32C can be combined");
    }
    return Integer.parseUnsignedInt(sum.hex(), 16);
  }

  /// x to the 8 times `bytes`, modulo P.
  private static int powerOfX(long bytes) {
    int product = ONE;
    long left = bytes;
    for (int n = 3; left != 0; n++, left >>>= 1) {
      if ((left & 1) != 0) {
        product = times(product, POWERS[n]);
      }
    }
    return product;
  }

  /// The product modulo P.
  private static int times(int a, int b) {
    int product = 0;
    int power = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= power;
      }
      power = (power & 1) == 0 ? power >>> 1 : power >>> 1 ^ POLYNOMIAL;
    }
    return product;
  }
}
