package org.privateshare.http;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.UploadPlan;

/// What `Upload-Metadata` says of a new upload: its path, and more.
///
/// It is read to the letter: `KEY BASE64,KEY BASE64,KEY`. Keys that mean nothing here are kept for
/// the sender.
///
/// @param encoded the values in Base64 by their keys
record UploadMetadata(Map<String, String> encoded) {
  static final String FIELD = "Upload-Metadata";

  private static final int MOST_CHARACTERS = 8 << 10;

  /// Visible ASCII, and so neither a space nor nothing at all; the comma separates.
  private static final Pattern KEY = Pattern.compile("[!-+\\--~]+");

  private static final Pattern MILLISECONDS = Pattern.compile("0|-?[1-9][0-9]{0,14}");
  private static final Pattern UTC = Pattern.compile("[0-9]{4}-.*Z");

  private static final String PATH = "path";
  private static final String FOLDER = "folder";

  /// What the programs of the world call a file's name, best first.
  private static final List<String> NAMES = List.of("filename", "name", "relativePath");

  /// Reads the field of a request; without it nothing is said.
  ///
  /// @throws Problem 400 where it isn't to the letter, has a key twice, or is too long
  static UploadMetadata of(HttpFields fields) throws Problem {
    List<String> lines = fields.getValuesList(FIELD);
    if (lines.size() > 1) {
      throw malformed("is there twice");
    }
    String field = lines.isEmpty() ? "" : lines.getFirst();
    if (field.length() > MOST_CHARACTERS) {
      throw malformed("has more than " + MOST_CHARACTERS + " characters");
    }
    Map<String, String> encoded = new LinkedHashMap<>();
    for (String pair : field.isEmpty() ? new String[0] : field.split(",", -1)) {
      int space = pair.indexOf(' ');
      String key = space < 0 ? pair : pair.substring(0, space);
      String value = space < 0 ? "" : pair.substring(space + 1);
      if (!KEY.matcher(key).matches()) {
        throw malformed("has a key that is none");
      }
      if (!isBase64(value)) {
        throw malformed("has a value that isn't Base64");
      }
      if (encoded.put(key, value) != null) {
        throw malformed("has a key twice");
      }
    }
    return new UploadMetadata(encoded);
  }

  private static Problem malformed(String how) {
    return Problem.badRequest(FIELD + " " + how);
  }

  /// Whether that is the one spelling of some bytes.
  private static boolean isBase64(String value) {
    try {
      return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(value)).equals(value);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The field that says again what is known of an upload; of one that wasn't begun by tus that is
  /// its path.
  static String print(UploadPlan plan) {
    Map<String, String> known = plan.notes();
    if (known.isEmpty() && plan.target().isPresent()) {
      known = Map.of(PATH, encode(plan.target().get().toString()));
    }
    return known.entrySet().stream()
        .filter(pair -> KEY.matcher(pair.getKey()).matches())
        .sorted(Map.Entry.comparingByKey())
        .map(pair -> (pair.getKey() + " " + pair.getValue()).strip())
        .collect(Collectors.joining(","));
  }

  private static String encode(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> value(String key) throws Problem {
    String value = encoded.get(key);
    if (value == null) {
      return Optional.empty();
    }
    Optional<String> text = PercentCode.utf8(Base64.getDecoder().decode(value));
    if (text.isEmpty()) {
      throw malformed("has a " + key + " that isn't UTF-8");
    }
    return text;
  }

  /// The path in the share: `path`, or else a name in `folder`.
  ///
  /// @throws Problem 400 where no name is said
  /// @throws Refusal.BadName where it is none
  SharePath path() throws Problem, Refusal.BadName {
    Optional<String> whole = value(PATH);
    SharePath path = SharePath.parse(whole.isPresent() ? whole.get() : folder() + name());
    if (path.isRoot()) {
      throw new Refusal.BadName("the name of the file is empty");
    }
    PathReader.requireDecoded(path);
    return path;
  }

  private String name() throws Problem {
    for (String key : NAMES) {
      Optional<String> name = value(key);
      if (name.isPresent()) {
        return name.get();
      }
    }
    throw malformed("says neither path nor filename");
  }

  /// With a slash behind it, or nothing for the share itself.
  private String folder() throws Problem {
    String folder = value(FOLDER).orElse("");
    if (folder.isEmpty() || folder.equals("/")) {
      return "";
    }
    return folder.endsWith("/") ? folder : folder + "/";
  }

  /// The time of last change that the file shall have.
  ///
  /// @throws Problem 400 where it is no time
  Optional<Instant> modified() throws Problem {
    Optional<String> text = value("mtime");
    return text.isEmpty() ? Optional.empty() : Optional.of(time(text.get()));
  }

  private static Instant time(String text) throws Problem {
    if (MILLISECONDS.matcher(text).matches()) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    try {
      if (UTC.matcher(text).matches()) {
        return Instant.parse(text);
      }
    } catch (DateTimeException e) {
      // The same as another form.
    }
    throw malformed("has an mtime that is neither 2026-11-22T10:00:00Z nor milliseconds");
  }

  /// What must hold of the name: that it is free, unless a replace is asked for.
  ///
  /// @throws Problem 400 where the wish can't be read
  Precondition must() throws Problem {
    Optional<String> tags = value("if-match");
    if (tags.isPresent()) {
      return EntityTags.parse(List.of(tags.get()))
          .map(ChangeConditions::matching)
          .orElseThrow(() -> malformed("has an if-match that is no entity tag"));
    }
    return switch (value("replace").orElse("false")) {
      case "", "true" -> Precondition.Existence.ANY;
      case "false" -> Precondition.Existence.ABSENT;
      default -> throw malformed("has a replace that is neither true nor false");
    };
  }
}
