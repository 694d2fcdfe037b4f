package org.privateshare.client;

import org.privateshare.client.http.Trust;

/// What a client needs to enter a share over HTTPS: whom to trust and what to show them.
///
/// @param trust how the server proves to be the right one
/// @param key a key as in `docs/keys.md`, at most [#MAX_KEY] characters
public record Credential(Trust trust, String key) {
  /// The longest key in characters.
  public static final int MAX_KEY = 4_096;

  private static final String PREFIX = "ps1_";

  /// Checks that the key can stand in a header field.
  public Credential {
    if (!isKey(key)) {
      // Without the text: it may be a good key with a slip of the keyboard.
      throw new IllegalArgumentException("not a key");
    }
  }

  /// Whether a text has the shape of a key. Whether it opens anything only a server knows.
  public static boolean isKey(String text) {
    return text.startsWith(PREFIX)
        && text.length() > PREFIX.length()
        && text.length() <= MAX_KEY
        && text.chars().allMatch(Credential::isKeyCharacter);
  }

  private static boolean isKeyCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }

  /// Never shows the key.
  @Override
  public String toString() {
    return "Credential[" + trust + "]";
  }
}
