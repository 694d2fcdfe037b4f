package org.privateshare.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// Which part of a file the body of a PUT is (RFC 9110 sections 14.4 and 14.5): `Content-Range:
/// bytes FIRST-LAST/LENGTH`.
///
/// @param first the position of the first byte
/// @param last the position of the last byte
/// @param length the length of the whole file
record ContentRange(long first, long last, long length) {
  /// No `long` has more digits than nineteen.
  private static final Pattern SHAPE =
      Pattern.compile("bytes ([0-9]{1,19})-([0-9]{1,19})/([0-9]{1,19})", Pattern.CASE_INSENSITIVE);

  /// Reads the field of a request; empty where it isn't there.
  ///
  /// @throws Problem 400 where it is no range, is there twice, or doesn't say how long the file is
  static Optional<ContentRange> of(HttpFields fields) throws Problem {
    if (!fields.contains(HttpHeader.CONTENT_RANGE)) {
      return Optional.empty();
    }
    List<String> lines = fields.getValuesList(HttpHeader.CONTENT_RANGE);
    Optional<ContentRange> range = lines.size() == 1 ? parse(lines.getFirst()) : Optional.empty();
    if (range.isEmpty()) {
      throw Problem.badRequest("Content-Range is bytes FIRST-LAST/LENGTH, all three known");
    }
    return range;
  }

  private static Optional<ContentRange> parse(String field) {
    Matcher found = SHAPE.matcher(field);
    if (!found.matches()) {
      return Optional.empty();
    }
    try {
      long first = Long.parseLong(found.group(1));
      long last = Long.parseLong(found.group(2));
      long length = Long.parseLong(found.group(3));
      return first <= last && last < length
          ? Optional.of(new ContentRange(first, last, length))
          : Optional.empty();
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /// Whether it is the whole file.
  boolean isWhole() {
    return count() == length;
  }

  /// How many bytes that are.
  long count() {
    return last - first + 1;
  }
}
