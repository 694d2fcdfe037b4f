package org.privateshare.http;

import java.nio.charset.StandardCharsets;
import org.privateshare.model.Digest;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What became of one member of an archive, as a line of JSON.
///
/// @param kind which of the counts it is one of
/// @param text the line
record UnpackLine(Kind kind, String text) {
  private static final int MOST_CHARACTERS = 1_000;

  /// The results, in the order in which they are counted at the end.
  enum Kind {
    STORED("stored"),
    REPLACED("replaced"),
    MADE("made"),
    UNCHANGED("unchanged"),
    EXISTS("exists"),
    REFUSED("refused");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private static UnpackLine of(Kind kind, String path, JsonText.Members more) {
    String text =
        JsonText.object(
            json -> {
              json.writeStringField("path", path);
              json.writeStringField("result", kind.word);
              more.write(json);
            });
    return new UnpackLine(kind, text);
  }

  static UnpackLine stored(SharePath path, long size, Digest digest, boolean replaced) {
    return of(
        replaced ? Kind.REPLACED : Kind.STORED,
        path.toString(),
        json -> {
          json.writeNumberField("size", size);
          json.writeStringField("digest", digest.toString());
        });
  }

  static UnpackLine unchanged(SharePath path, long size) {
    return of(Kind.UNCHANGED, path.toString(), json -> json.writeNumberField("size", size));
  }

  static UnpackLine folder(SharePath path, boolean isNew) {
    String name = path.isRoot() ? "/" : path.toString();
    return of(isNew ? Kind.MADE : Kind.UNCHANGED, name, json -> {});
  }

  /// @param name as the archive says it
  static UnpackLine refused(String name, Refusal why) {
    Kind kind = why instanceof Refusal.Taken ? Kind.EXISTS : Kind.REFUSED;
    return refused(kind, name, why.code(), why.reason());
  }

  static UnpackLine notAFile(String name) {
    return refused(
        Kind.REFUSED,
        name,
        "not-a-file",
        "only files and folders can be kept, no links or devices");
  }

  private static UnpackLine refused(Kind kind, String name, String code, String detail) {
    return of(
        kind,
        shown(name),
        json -> {
          json.writeStringField("code", code);
          json.writeStringField("detail", detail);
        });
  }

  /// Cut where it is far too long; escaped where it is no Unicode.
  private static String shown(String name) {
    String whole =
        StandardCharsets.UTF_8.newEncoder().canEncode(name) ? name : Printable.escape(name);
    if (whole.length() <= MOST_CHARACTERS) {
      return whole;
    }
    boolean splitsPair = Character.isHighSurrogate(whole.charAt(MOST_CHARACTERS - 1));
    return whole.substring(0, splitsPair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
  }

  /// The last line where the archive or the share can't go on.
  static String error(Problem why) {
    return JsonText.object(
        json -> {
          json.writeObjectFieldStart("error");
          json.writeStringField("code", why.code());
          json.writeStringField("detail", why.detail());
          json.writeEndObject();
        });
  }
}
