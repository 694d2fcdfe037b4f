package org.privateshare.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/// One encapsulated text of a PEM file (RFC 7468, section 2), with the headers of RFC 1421 that the
/// old forms of keys have when they are encrypted. What stands between the blocks is explanation.
final class PemBlock {
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  private final String label;
  private final boolean hasHeaders;
  private final byte[] content;

  private PemBlock(String label, boolean hasHeaders, byte[] content) {
    this.label = label;
    this.hasHeaders = hasHeaders;
    this.content = content;
  }

  /// What it says to be, such as `CERTIFICATE`.
  String label() {
    return label;
  }

  boolean hasHeaders() {
    return hasHeaders;
  }

  /// What was Base64; not a copy.
  byte[] content() {
    return content;
  }

  /// The blocks of a file in their order.
  static List<PemBlock> parse(Path file, byte[] content) throws IOException {
    if (content.length >= 2 && (content[0] & 0xff) >= 0xef) {
      throw new IOException(file + " begins with a byte order mark: save it as plain ASCII");
    }
    List<PemBlock> blocks = new ArrayList<>();
    Iterator<String> lines =
        new String(content, ISO_8859_1).lines().map(String::stripTrailing).iterator();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(BEGIN)) {
        blocks.add(block(file, line.substring(BEGIN.length()), lines));
      }
    }
    return blocks;
  }

  private static PemBlock block(Path file, String begin, Iterator<String> lines)
      throws IOException {
    boolean hasHeaders = false;
    StringBuilder base64 = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.equals("-----END " + begin)) {
        return new PemBlock(label(file, begin), hasHeaders, bytes(file, base64.toString()));
      }
      if (line.contains(":")) {
        hasHeaders = true;
      } else {
        base64.append(line.strip());
      }
    }
    throw damaged(file);
  }

  private static String label(Path file, String begin) throws IOException {
    if (!begin.endsWith(DASHES)) {
      throw damaged(file);
    }
    return begin.substring(0, begin.length() - DASHES.length());
  }

  private static byte[] bytes(Path file, String base64) throws IOException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException withheld) {
      throw damaged(file);
    }
  }

  /// That there is something in the file which can't be read.
  static IOException damaged(Path file) {
    return new IOException(file + " is damaged: it is no well-formed PEM");
  }

  /// Says nothing of the content, which may be a key.
  @Override
  public String toString() {
    return label;
  }
}
