package org.privateshare.http;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// The fields of tus 1.0 that hold a word or a number, as `docs/uploads.md` says.
final class Tus {
  static final String VERSION = "1.0.0";
  static final String RESUMABLE = "Tus-Resumable";
  static final String OFFSET = "Upload-Offset";
  static final String LENGTH = "Upload-Length";
  static final String DEFER_LENGTH = "Upload-Defer-Length";
  static final String EXPIRES = "Upload-Expires";

  /// The type of a body that is a part of an upload.
  static final String PART = "application/offset+octet-stream";

  /// One spelling a number; more digits than any `long` has aren't even read.
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

  private static final String ONCE = "1";

  private Tus() {}

  /// Lets only a request pass that speaks this version.
  ///
  /// @throws Problem 412
  static void requireVersion(HttpFields fields) throws Problem {
    if (!fields.getValuesList(RESUMABLE).equals(List.of(VERSION))) {
      throw new Problem(
          412,
          "changed",
          "this speaks tus " + VERSION + ": " + RESUMABLE,
          new HttpField("Tus-Version", VERSION));
    }
  }

  /// The number that a field holds, from 0 on; empty where the field isn't there.
  ///
  /// @throws Problem 400 where it holds anything else, or is there twice
  static OptionalLong number(HttpFields fields, String name) throws Problem {
    List<String> lines = fields.getValuesList(name);
    if (lines.isEmpty() && !fields.contains(name)) {
      return OptionalLong.empty();
    }
    if (lines.size() == 1 && NUMBER.matcher(lines.getFirst()).matches()) {
      try {
        return OptionalLong.of(Long.parseLong(lines.getFirst()));
      } catch (NumberFormatException e) {
        // Nineteen digits may still be too many.
      }
    }
    throw Problem.badRequest(name + " is no number of bytes");
  }

  /// Where the sender means to go on.
  ///
  /// @throws Problem 400 where the field isn't there or no number
  static long offset(HttpFields fields) throws Problem {
    return number(fields, OFFSET)
        .orElseThrow(() -> Problem.badRequest("this needs " + OFFSET + ", where the body goes on"));
  }

  /// The length of a new upload; empty where it is to come later.
  ///
  /// @throws Problem 400 where neither is said, or both
  static OptionalLong announcedLength(HttpFields fields) throws Problem {
    OptionalLong length = number(fields, LENGTH);
    boolean comesLater = isDeferred(fields);
    if (length.isPresent() == comesLater) {
      throw Problem.badRequest(
          "a new upload has " + LENGTH + ", or " + DEFER_LENGTH + ": 1, and not both");
    }
    return length;
  }

  private static boolean isDeferred(HttpFields fields) throws Problem {
    if (!fields.contains(DEFER_LENGTH)) {
      return false;
    }
    if (!fields.getValuesList(DEFER_LENGTH).equals(List.of(ONCE))) {
      throw Problem.badRequest(DEFER_LENGTH + " is 1 or absent");
    }
    return true;
  }

  /// Whether the body is said to be a part of an upload.
  static boolean isPart(HttpFields fields) {
    return PART.equalsIgnoreCase(fields.get(HttpHeader.CONTENT_TYPE));
  }
}
