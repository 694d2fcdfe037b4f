package org.privateshare.http;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.privateshare.share.Limits;

/// The fields of tus 1.0 that hold a word or a number, as `docs/uploads.md` says.
final class Tus {
  static final String VERSION = "1.0.0";
  static final String RESUMABLE = "Tus-Resumable";
  static final String OFFSET = "Upload-Offset";
  static final String LENGTH = "Upload-Length";
  static final String DEFER_LENGTH = "Upload-Defer-Length";
  static final String EXPIRES = "Upload-Expires";
  static final String BESIDE = "Upload-Beside";

  /// The type of a body that is a part of an upload.
  static final String PART = "application/offset+octet-stream";

  /// One spelling a number; more digits than any `long` has aren't even read.
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

  private static final String ONCE = "1";

  private static final String OVERRIDE = "X-HTTP-Method-Override";
  private static final Set<String> OVERRIDDEN = Set.of("PATCH", "DELETE");

  private Tus() {}

  /// What every answer about uploads carries.
  static void ofAnswer(HttpFields.Mutable fields) {
    fields.put(RESUMABLE, VERSION);
  }

  /// What OPTIONS tells.
  static HttpFields abilities(Limits limits) {
    HttpFields.Mutable fields =
        HttpFields.build()
            .add("Tus-Version", VERSION)
            .add(
                "Tus-Extension",
                "creation,creation-with-upload,creation-defer-length,expiration,checksum,"
                    + "termination,concatenation,beside")
            .add("Tus-Checksum-Algorithm", BodyDigests.TUS_ALGORITHMS);
    if (limits.maxFile() < Long.MAX_VALUE) {
      fields.add("Tus-Max-Size", limits.maxFile());
    }
    return fields.asImmutable();
  }

  /// The method that a request about uploads means: some callers can't say all of them, and POST in
  /// their place.
  static String method(Request request) {
    String said = request.getMethod();
    List<String> meant = request.getHeaders().getValuesList(OVERRIDE);
    return said.equals("POST") && meant.size() == 1 && OVERRIDDEN.contains(meant.getFirst())
        ? meant.getFirst()
        : said;
  }

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

  /// Whether the request is one of several that bring parts of one upload at once.
  ///
  /// @throws Problem 400 where the field is there and doesn't say so
  static boolean isBeside(HttpFields fields) throws Problem {
    if (!fields.contains(BESIDE)) {
      return false;
    }
    if (!fields.getValuesList(BESIDE).equals(List.of("?1"))) {
      throw Problem.badRequest(BESIDE + " is ?1 or absent");
    }
    return true;
  }

  /// Lets only a body pass that is said to be a part of an upload.
  ///
  /// @throws Problem 415
  static void requirePart(HttpFields fields) throws Problem {
    if (!isPart(fields)) {
      throw new Problem(415, "encoding", "a part of an upload is " + PART);
    }
  }

  /// Whether the body is said to be a part of an upload.
  static boolean isPart(HttpFields fields) {
    return PART.equalsIgnoreCase(fields.get(HttpHeader.CONTENT_TYPE));
  }
}
