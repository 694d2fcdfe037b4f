package org.privateshare.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.privateshare.model.ByteRange;

/// Several ranges of a file in one answer (RFC 9110 section 14.6): each behind a head of its own,
/// between lines with a boundary. It is random, so that no file can hold it on purpose:
///
/// ```text
/// --BOUNDARY
/// Content-Type: text/plain;charset=utf-8
/// Content-Range: bytes 0-1/10
///
/// ab
/// --BOUNDARY--
/// ```
///
/// with CRLF at the end of each line. What is written is ASCII.
///
/// @param ranges the ranges in their order
/// @param size the length of the whole file in bytes
/// @param partType the media type of the file
/// @param boundary 32 hexadecimal digits
record Multipart(List<ByteRange> ranges, long size, String partType, String boundary) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BOUNDARY_BYTES = 16;

  Multipart {
    ranges = List.copyOf(ranges);
  }

  /// The same with a new boundary.
  static Multipart of(List<ByteRange> ranges, long size, String partType) {
    byte[] bits = new byte[BOUNDARY_BYTES];
    RANDOM.nextBytes(bits);
    return new Multipart(ranges, size, partType, HexFormat.of().formatHex(bits));
  }

  /// The value of `Content-Range` for a range of a file of that size.
  static String contentRange(ByteRange range, long size) {
    return "bytes " + range + "/" + size;
  }

  /// The media type of the whole answer.
  String contentType() {
    return "multipart/byteranges; boundary=" + boundary;
  }

  /// What comes before the bytes of that range.
  String head(ByteRange range) {
    return (range.equals(ranges.getFirst()) ? "" : "\r\n")
        + ("--" + boundary + "\r\nContent-Type: " + partType)
        + ("\r\nContent-Range: " + contentRange(range, size) + "\r\n\r\n");
  }

  /// What comes behind the last bytes.
  String end() {
    return "\r\n--" + boundary + "--\r\n";
  }

  /// How many bytes all this is.
  long length() {
    return ranges.stream().mapToLong(range -> head(range).length() + range.length()).sum()
        + end().length();
  }
}
