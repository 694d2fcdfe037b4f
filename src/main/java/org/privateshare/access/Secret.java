package org.privateshare.access;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// One generation of the server's secret. Never leaves this package, never printed but into the
/// keyring.
final class Secret {
  /// 256 bits, the least that HS256 takes (RFC 7518 section 3.2).
  private static final int BYTES = 32;

  /// 43 characters of base64url; the last one carries four bits, the two below them are zero.
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  private final int generation;
  private final byte[] bytes;

  private Secret(int generation, byte[] bytes) {
    this.generation = generation;
    this.bytes = bytes;
  }

  static Secret random(int generation) {
    byte[] bytes = new byte[BYTES];
    KeyId.RANDOM.nextBytes(bytes);
    return new Secret(generation, bytes);
  }

  /// Reads what [#reveal()] gives; empty for anything else, and for 32 equal bytes: what a broken
  /// disk or a careless hand writes is no secret.
  static Optional<Secret> parse(int generation, String text) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    byte[] flat = new byte[BYTES];
    Arrays.fill(flat, bytes[0]);
    return Arrays.equals(bytes, flat)
        ? Optional.empty()
        : Optional.of(new Secret(generation, bytes));
  }

  int generation() {
    return generation;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  String reveal() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The generation alone.
  @Override
  public String toString() {
    return "secret " + generation;
  }
}
