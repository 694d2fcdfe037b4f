package org.privateshare.model;

/// Makes a text from outside fit for one line of a log or a terminal.
///
/// Whatever could move the cursor, start a new line, hide or turn text round is written as its code
/// point: C0 and C1 controls and DEL, format characters (category Cf: bidi controls, zero-width
/// characters, tags, BOM), line and paragraph separators, private-use and unassigned code points,
/// and lone surrogates. `\` itself is doubled, so the escaped form is unambiguous.
public final class Printable {
  /// The longest escaped text, in characters; what is cut off is marked by `…`.
  public static final int MAX = 4_000;

  private Printable() {}

  /// The text with every unfit code point as `\xNN` (below 256) or the longer `u{NNNN}` form, cut
  /// at [#MAX] characters.
  public static String escape(String text) {
    if (isAscii(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX) + 16);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (out.length() >= MAX) {
        return out.append('…').toString();
      }
      appendEscaped(out, point);
      i += Character.charCount(point);
    }
    return out.toString();
  }

  /// Whether it is what nearly every name is: short, and of visible ASCII that means itself.
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '\\') {
        return false;
      }
    }
    return text.length() <= MAX;
  }

  /// Whether the text could stand in one line as it is: short enough, and with nothing in it that
  /// [#escape] exists for. So is every text that was escaped before.
  public static boolean isFit(String text) {
    return text.length() <= MAX && text.codePoints().allMatch(Printable::isPlain);
  }

  private static void appendEscaped(StringBuilder out, int point) {
    if (point == '\\') {
      out.append("\\\\");
    } else if (isPlain(point)) {
      out.appendCodePoint(point);
    } else if (point < 0x100) {
      out.append("\\x").append(Character.forDigit(point >> 4, 16));
      out.append(Character.forDigit(point & 15, 16));
    } else {
      out.append("\\u{").append(Integer.toHexString(point)).append('}');
    }
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
