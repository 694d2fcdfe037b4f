package org.privateshare.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the head of a form's part says that it is (RFC 7578 section 4.2).
///
/// @param name of the field
/// @param fileName where it is a file, as its sender calls it; empty text for no choice
record FormPart(String name, Optional<String> fileName) {
  private static final String VALUE = "\"(?:[^\"\\\\]|\\\\.)*+\"|[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final Pattern PARAMETER =
      Pattern.compile("\\s*+;\\s*+([!#$&'*+.^_`|~0-9A-Za-z-]++)=(" + VALUE + ")");
  private static final Pattern FORM_DATA =
      Pattern.compile("form-data(?:" + PARAMETER + ")*+", Pattern.CASE_INSENSITIVE);

  /// What stands for bytes that are no UTF-8.
  private static final char REPLACEMENT = '\ufffd';

  /// Reads the value of `Content-Disposition`. Browsers leave backslashes in names as they are,
  /// programs escape with them: so no name with one is read at all, and none is read in two ways.
  ///
  /// @throws Problem 400 for what can't be the head of a part: no name, two of them, `filename*`,
  ///   which forms must not use, a name that isn't in UTF-8, and one of a file that is a path
  static FormPart parse(String disposition) throws Problem {
    if (!FORM_DATA.matcher(disposition).matches()) {
      throw damaged("a part's head doesn't say that it is form-data");
    }
    if (disposition.indexOf(REPLACEMENT) >= 0) {
      throw damaged("a name isn't in UTF-8");
    }
    Optional<String> name = Optional.empty();
    Optional<String> fileName = Optional.empty();
    Matcher parameters = PARAMETER.matcher(disposition);
    while (parameters.find()) {
      String value = parameters.group(2);
      switch (parameters.group(1).toLowerCase(Locale.ROOT)) {
        case "name" -> name = once(name, value);
        case "filename" -> fileName = once(fileName, value);
        case "filename*" -> throw damaged("a form says filename, not filename*");
        default -> {
          // RFC 2183 has more of them; they mean nothing here.
        }
      }
    }
    if (name.isEmpty()) {
      throw damaged("a part has no name");
    }
    if (fileName.filter(FormPart::isPath).isPresent()) {
      throw new Problem(
          400, "bad-name", "the name of a file is a path; it has to be the name alone");
    }
    return new FormPart(name.get(), fileName);
  }

  private static Optional<String> once(Optional<String> before, String value) throws Problem {
    if (before.isPresent()) {
      throw damaged("a part has two names");
    }
    return Optional.of(value.startsWith("\"") ? value.substring(1, value.length() - 1) : value);
  }

  private static boolean isPath(String fileName) {
    return fileName.indexOf('/') >= 0 || fileName.indexOf('\\') >= 0;
  }

  /// What is no form.
  static Problem damaged(String detail) {
    return new Problem(400, UnpackArchive.DAMAGED, detail);
  }
}
