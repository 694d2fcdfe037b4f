package org.privateshare.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;

/// What a server is known by: the SHA-256 of its public key, as the SubjectPublicKeyInfo of its
/// certificate holds it (RFC 7469 section 2.4). A renewed certificate over the same key keeps it.
///
/// Written as `curl --pinnedpubkey` takes it: `sha256//` and the hash in Base64 (RFC 4648 section
/// 4, padded).
///
/// @param base64 the hash, 44 characters
public record Fingerprint(String base64) {
  private static final String PREFIX = "sha256//";
  private static final int BYTES = 32;

  /// Checks that this is the one spelling of 32 bytes.
  public Fingerprint {
    if (!spells(base64)) {
      throw new IllegalArgumentException("no SHA-256 in Base64: " + Printable.escape(base64));
    }
  }

  /// The fingerprint of the server that holds the private half of this key.
  public static Fingerprint of(PublicKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return new Fingerprint(Base64.getEncoder().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Reads what [#toString] writes, and nothing else.
  public static Optional<Fingerprint> parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String base64 = text.substring(PREFIX.length());
    return spells(base64) ? Optional.of(new Fingerprint(base64)) : Optional.empty();
  }

  private static boolean spells(String base64) {
    try {
      byte[] hash = Base64.getDecoder().decode(base64);
      return hash.length == BYTES && Base64.getEncoder().encodeToString(hash).equals(base64);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// `sha256//` and the hash in Base64.
  @Override
  public String toString() {
    return PREFIX + base64;
  }
}
