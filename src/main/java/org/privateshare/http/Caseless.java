package org.privateshare.http;

import java.text.Normalizer;
import java.util.Locale;

/// Texts without regard to case, for the eye: simple mappings, code point by code point, the same
/// in every language. (What a file system may take for one name is more; see the store.)
final class Caseless {
  private Caseless() {}

  /// The code point that stands for all of its cases.
  static int fold(int point) {
    return Character.toLowerCase(Character.toUpperCase(point));
  }

  /// The form in which texts are equal that differ in case, or in how accents are written (NFC).
  static String fold(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    StringBuilder folded = new StringBuilder(composed.length());
    composed.codePoints().map(Caseless::fold).forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
