package org.privateshare.http;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A sum of bytes that come one after the other.
sealed interface RunningSum {
  /// Adds all remaining bytes.
  void add(ByteBuffer bytes);

  /// The sum in lower-case hexadecimal. The sum can only be dropped afterwards.
  String value();

  /// The algorithms of `java.security` by their names in HTTP.
  Map<String, String> JDK_NAMES =
      Map.of("sha-256", "SHA-256", "sha-512", "SHA-512", "md5", "MD5", "sha", "SHA-1");

  /// A new sum, by the name that RFC 9530 has registered for its algorithm: `crc32c`, `sha-256`,
  /// `sha-512`, `md5`, `sha`. Empty for all others.
  static Optional<RunningSum> of(String algorithm) {
    return algorithm.equals("crc32c")
        ? Optional.of(new Crc(new CRC32C()))
        : Optional.ofNullable(JDK_NAMES.get(algorithm)).map(RunningSum::message);
  }

  private static RunningSum message(String name) {
    try {
      return new Message(MessageDigest.getInstance(name));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + name, e);
    }
  }

  /// A sum of `java.security`.
  record Message(MessageDigest digest) implements RunningSum {
    @Override
    public void add(ByteBuffer bytes) {
      digest.update(bytes);
    }

    @Override
    public String value() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /// CRC-32C.
  record Crc(CRC32C crc) implements RunningSum {
    @Override
    public void add(ByteBuffer bytes) {
      crc.update(bytes);
    }

    @Override
    public String value() {
      return HexFormat.of().toHexDigits((int) crc.getValue());
    }
  }
}
