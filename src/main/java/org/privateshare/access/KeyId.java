package org.privateshare.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.privateshare.model.Refusal;

/// The name of a key: 128 random bits. Not secret; lists, logs and children of the key show it.
///
/// @param text 22 characters of base64url without padding (RFC 4648 section 5)
public record KeyId(String text) {
  /// The last character carries two bits; the four below it must be zero: one spelling an id.
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{21}[AQgw]");

  /// Random numbers from the kernel that never block.
  static final SecureRandom RANDOM = new SecureRandom();

  /// Checks the shape; `IllegalArgumentException` means a bug in the caller, who should have used
  /// [#parse(String)].
  public KeyId {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("no key id");
    }
  }

  /// Reads an id as [#toString()] gives it.
  ///
  /// @throws Refusal.BadName where the text is no id
  public static KeyId parse(String text) throws Refusal.BadName {
    if (!SHAPE.matcher(text).matches()) {
      throw new Refusal.BadName("a key's id has 22 letters, digits, - or _");
    }
    return new KeyId(text);
  }

  /// A new id. It never starts with `-`, so that no command line takes it for an option.
  static KeyId random() {
    byte[] bits = new byte[16];
    String text;
    do {
      RANDOM.nextBytes(bits);
      text = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    } while (text.startsWith("-"));
    return new KeyId(text);
  }

  /// The 22 characters.
  @Override
  public String toString() {
    return text;
  }
}
