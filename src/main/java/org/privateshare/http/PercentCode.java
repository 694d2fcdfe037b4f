package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/// Reads percent-encoded texts (RFC 3986 section 2.1) of UTF-8.
final class PercentCode {
  private PercentCode() {}

  /// The text, decoded exactly once; empty where a percent sign isn't followed by two hexadecimal
  /// digits, a character isn't visible ASCII, or the bytes aren't well-formed UTF-8. A `+` is a
  /// `+`.
  static Optional<String> decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        int value = hex(encoded, i + 1) << 4 | hex(encoded, i + 2);
        if (value < 0) {
          return Optional.empty();
        }
        bytes.write(value);
        i += 2;
      } else if (c > ' ' && c < 0x7f) {
        bytes.write(c);
      } else {
        return Optional.empty();
      }
    }
    return utf8(bytes.toByteArray());
  }

  /// The bytes as UTF-8, if they are.
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// The value of the digit, or -1.
  private static int hex(String text, int at) {
    char c = at < text.length() ? text.charAt(at) : ' ';
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
