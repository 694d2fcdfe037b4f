package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Writes paths into URLs.
final class PathWriter {
  private static final String PLAIN = "-._~!$&'()*+,=:@/";
  private static final String PLAIN_IN_SHELL = "-._~/";
  private static final String PLAIN_IN_PARAMETER = "-._~";

  private PathWriter() {}

  /// The text in UTF-8 with everything percent-encoded that may not stand in a path (RFC 3986
  /// section 3.3), and `;`, which some take for the start of parameters. Slashes stay.
  static String encode(String path) {
    return encode(path, PLAIN);
  }

  /// The same path in characters of which none means anything to a shell.
  static String encodeForShell(String path) {
    return encode(path, PLAIN_IN_SHELL);
  }

  /// A text as the value of a parameter of a URL.
  static String encodeParameter(String text) {
    return encode(text, PLAIN_IN_PARAMETER);
  }

  private static String encode(String path, String plain) {
    StringBuilder out = new StringBuilder(path.length() + 16);
    for (byte unit : path.getBytes(UTF_8)) {
      char c = (char) (unit & 0xff);
      if (isLetterOrDigit(c) || plain.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(digit(c >> 4)).append(digit(c & 15));
      }
    }
    return out.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static char digit(int value) {
    return "0123456789ABCDEF".charAt(value);
  }
}
