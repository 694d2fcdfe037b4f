package org.privateshare.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/// Names as bytes and as text.
final class TarName {
  private static final int LONE_SURROGATES = 0xdc00;

  private TarName() {}

  /// The text, or, where it is no UTF-8, one in which every byte beyond ASCII is a lone surrogate:
  /// shown to people it says which bytes came, and no path can be made of it.
  static String decode(byte[] name) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder(name.length);
      for (byte unit : name) {
        text.append((char) (unit < 0 ? LONE_SURROGATES | (unit & 0xff) : unit));
      }
      return text.toString();
    }
  }

  static byte[] withoutSlash(byte[] name) {
    boolean endsWithSlash = name.length > 0 && name[name.length - 1] == '/';
    return endsWithSlash ? Arrays.copyOf(name, name.length - 1) : name;
  }

  /// The bytes before the zero that ends them.
  static byte[] cut(byte[] name) {
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return Arrays.copyOf(name, end);
  }
}
