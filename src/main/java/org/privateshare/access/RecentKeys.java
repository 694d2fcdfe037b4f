package org.privateshare.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The keys that were found genuine lately: whoever makes many requests has the same one verified
/// and parsed once. Whether a key is still alive is not remembered.
///
/// Keys are known by the SHA-256 of their text. So none lies here as it is, and how long a look
/// takes tells nothing of how much of a guess was right. Thread-safe.
final class RecentKeys {
  static final int MOST = 1_000;

  private final Map<ByteBuffer, Capability> byHash =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Capability> eldest) {
          return size() > MOST;
        }
      };

  /// What the key says: remembered, or else found out by `verify`.
  Optional<Capability> read(String text, Function<String, Optional<Capability>> verify) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(text));
    synchronized (byHash) {
      Capability known = byHash.get(hash);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<Capability> found = verify.apply(text);
    synchronized (byHash) {
      found.ifPresent(key -> byHash.put(hash, key));
    }
    return found;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
