package org.privateshare.client.http;

/// Which characters may stand where (RFC 9110 section 5.6 and 5.5).
final class Grammar {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private Grammar() {}

  /// Whether this is a token: a method, a field's name.
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Grammar::isTokenChar);
  }

  private static boolean isTokenChar(int c) {
    return isAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /// Whether this may be a field's value: visible characters, spaces and tabs between them, and the
  /// bytes above 127 as ISO 8859-1 characters.
  static boolean isFieldValue(String text) {
    return text.chars().allMatch(Grammar::isText)
        && (text.isEmpty()
            || !(isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1))));
  }

  /// Whether this may stand within a line: a visible character, blank or byte above 127.
  static boolean isText(int c) {
    return (c >= ' ' && c <= 0xff && c != 0x7f) || c == '\t';
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// Whether all of this is visible ASCII.
  static boolean isVisible(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
