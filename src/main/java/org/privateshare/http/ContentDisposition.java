package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/// `Content-Disposition` (RFC 6266): how a browser is to take a file, and what it is called.
final class ContentDisposition {
  /// `attr-char` of RFC 8187 section 3.2.1, beside letters and digits.
  private static final String PLAIN = "!#$&+-.^_`|~";

  /// Some browsers decode this in `filename`, where it only means itself (RFC 6266 appendix D).
  private static final Pattern LIKE_AN_ESCAPE = Pattern.compile("%(?=[0-9A-Fa-f]{2})");

  private ContentDisposition() {}

  /// The value for a file: its name in ASCII, with `_` for what isn't, for those who know no
  /// better; and the exact one in UTF-8 (RFC 8187), which goes first wherever it is known.
  static String of(String name, boolean isShown) {
    return (isShown ? "inline" : "attachment")
        + "; filename=\""
        + quotable(name)
        + "\"; filename*=UTF-8''"
        + extended(name);
  }

  private static String quotable(String name) {
    StringBuilder out = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); ) {
      int point = name.codePointAt(i);
      if (point == '"' || point == '\\') {
        out.append('\\');
      }
      out.appendCodePoint(point >= ' ' && point <= '~' ? point : '_');
      i += Character.charCount(point);
    }
    return LIKE_AN_ESCAPE.matcher(out).replaceAll("_");
  }

  private static String extended(String name) {
    StringBuilder out = new StringBuilder(name.length() + 8);
    for (byte unit : name.getBytes(UTF_8)) {
      char c = (char) (unit & 0xff);
      if ((Character.isLetterOrDigit(c) && c < 0x80) || PLAIN.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return out.toString();
  }
}
