package org.privateshare.model;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a single segment of a [SharePath] may be. Pure: text in, the broken rule or nothing out.
final class NameRules {
  /// Device names of Windows, with or without an extension ("Naming Files, Paths, and Namespaces",
  /// Microsoft). The superscript digits count as digits there.
  private static final Pattern WINDOWS_DEVICE =
      Pattern.compile(
          "(?:CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(?:COM|LPT)[0-9¹²³]) *(?:\\..*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /// What a device name begins with: for all others nothing is matched.
  private static final String DEVICE_BEGINS_WITH = "CPANLcpanl";

  private static final String WINDOWS_RESERVED = "<>:\"|?*";

  private NameRules() {}

  /// The rule of addressing that the segment breaks, if any.
  static Optional<String> addressFault(String segment) {
    if (segment.isEmpty()) {
      return Optional.of("a name is empty");
    }
    // Compared before anything is built: a segment of a megabyte costs nothing.
    if (segment.length() > SharePath.MAX_SEGMENT_BYTES) {
      return tooLong();
    }
    if (segment.charAt(0) == '.') {
      return fault(segment, "starts with a dot");
    }
    if (isPlain(segment)) {
      return Optional.empty();
    }
    for (int i = 0; i < segment.length(); ) {
      int point = segment.codePointAt(i);
      int type = Character.getType(point);
      if (type == Character.CONTROL || type == Character.SURROGATE) {
        return fault(segment, "holds a control character or broken Unicode");
      }
      if (point == '/' || point == '\\') {
        return fault(segment, "holds a slash or backslash");
      }
      i += Character.charCount(point);
    }
    return utf8Length(segment) > SharePath.MAX_SEGMENT_BYTES ? tooLong() : Optional.empty();
  }

  /// Whether it is of visible ASCII and spaces only, without slashes and backslashes, as nearly all
  /// are; no more bytes than characters then.
  private static boolean isPlain(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c < ' ' || c > '~' || c == '/' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /// The rule of portability that an addressable segment breaks, if any.
  static Optional<String> portabilityFault(String segment) {
    boolean isAscii = true;
    for (int i = 0; i < segment.length(); ) {
      int point = segment.codePointAt(i);
      isAscii &= point < 0x80;
      if (WINDOWS_RESERVED.indexOf(point) >= 0) {
        return fault(segment, "holds one of " + WINDOWS_RESERVED);
      }
      if (point >= 0x80 && isHidden(point)) {
        return fault(segment, "holds an invisible or unassigned character");
      }
      i += Character.charCount(point);
    }
    if (segment.startsWith(" ") || segment.endsWith(" ")) {
      return fault(segment, "starts or ends with a space");
    }
    if (segment.endsWith(".")) {
      return fault(segment, "ends with a dot");
    }
    if (DEVICE_BEGINS_WITH.indexOf(segment.charAt(0)) >= 0
        && WINDOWS_DEVICE.matcher(segment).matches()) {
      return fault(segment, "is a device name on Windows");
    }
    return isAscii || Normalizer.isNormalized(segment, Normalizer.Form.NFC)
        ? Optional.empty()
        : fault(segment, "is not in Unicode normal form C");
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      // Letters, marks or symbols by category, but drawn as nothing: default-ignorable code points
      // (Unicode 16, DerivedCoreProperties) outside the categories above.
      default -> isIgnorable(point);
    };
  }

  private static boolean isIgnorable(int point) {
    return point == 0x034F
        || point == 0x115F
        || point == 0x1160
        || point == 0x17B4
        || point == 0x17B5
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x2800
        || point == 0x3164
        || point == 0xFFA0
        || (point >= 0xE0100 && point <= 0xE01EF);
  }

  /// The length in UTF-8 bytes of well-formed text.
  static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      i += Character.charCount(point);
    }
    return bytes;
  }

  private static Optional<String> tooLong() {
    return Optional.of("a name may have at most " + SharePath.MAX_SEGMENT_BYTES + " bytes");
  }

  private static Optional<String> fault(String segment, String rule) {
    return Optional.of("the name \"" + Printable.escape(segment) + "\" " + rule);
  }
}
