package org.privateshare.client;

import java.util.regex.Pattern;
import org.privateshare.client.http.Origin;

/// A server that the user has logged in to, by the name the user gave it.
///
/// @param name 1 to 64 of `A-Z a-z 0-9 . _ -`, the first a letter or digit
/// @param origin where it is
/// @param credential how to enter
public record Alias(String name, Origin origin, Credential credential) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /// Checks the name.
  public Alias {
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of an alias");
    }
  }

  /// Whether a server can be called so.
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
