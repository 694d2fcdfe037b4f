package org.privateshare.model;

import java.util.HexFormat;

/// A checksum of a whole file: what was computed, and its value.
///
/// @param algorithm how it was computed
/// @param hex the value in lower-case hexadecimal, most significant byte first
public record Digest(Algorithm algorithm, String hex) {

  /// How a digest is computed. Names as in the IANA registry "Hash Algorithms for HTTP Digest
  /// Fields" (RFC 9530).
  public enum Algorithm {
    /// CRC-32C (Castagnoli), RFC 9260 appendix A; 4 bytes. Finds damage, not malice.
    CRC32C("crc32c", 8),
    /// SHA-256, FIPS 180-4; 32 bytes.
    SHA_256("sha-256", 64);

    private final String label;
    private final int digits;

    Algorithm(String label, int digits) {
      this.label = label;
      this.digits = digits;
    }

    /// Whether a text could be a value, by its alphabet and length.
    public boolean fits(String hex) {
      boolean fits = hex.length() == digits;
      for (int i = 0; fits && i < digits; i++) {
        char c = hex.charAt(i);
        fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      }
      return fits;
    }

    /// The registered name, such as `sha-256`.
    public String label() {
      return label;
    }
  }

  /// Checks the value's alphabet and length.
  public Digest {
    if (!algorithm.fits(hex)) {
      throw new IllegalArgumentException("no " + algorithm.label + " value: " + hex);
    }
  }

  /// A CRC-32C as `java.util.zip.CRC32C` gives it: its low 32 bits.
  public static Digest crc32c(long value) {
    return new Digest(Algorithm.CRC32C, HexFormat.of().toHexDigits((int) value));
  }

  /// `algorithm:hex`, such as `crc32c:e3069283`.
  @Override
  public String toString() {
    return algorithm.label + ":" + hex;
  }
}
