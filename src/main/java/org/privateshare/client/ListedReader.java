package org.privateshare.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.client.http.Response;
import org.privateshare.model.Digest;
import org.privateshare.model.Moment;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Reads a listing row by row and holds one of them at a time. A million rows come through here, so
/// each is read straight from the parser.
///
/// What a name says is believed only where it is a path below the folder that was asked for; others
/// are counted. The rows of a tree come folder by folder, or the listing is refused.
final class ListedReader {
  private static final int MOST_MEMBERS = 32;

  private final SharePath folder;
  private final boolean isTree;
  private final Consumer<Listed> entries;

  /// The folder whose rows come now, and what a row calls it.
  private SharePath inside;

  private String insideName = "";

  private long leftOut;

  private ListedReader(SharePath folder, boolean isTree, Consumer<Listed> entries) {
    this.folder = folder;
    this.isTree = isTree;
    this.entries = entries;
    this.inside = folder;
  }

  /// Reads the listing of a folder, or of all below it, to its end. Returns how many rows were left
  /// out.
  static long read(Response response, SharePath folder, boolean isTree, Consumer<Listed> entries)
      throws IOException {
    var reader = new ListedReader(folder, isTree, entries);
    Answer.elements(response, "entries", reader::row);
    return reader.leftOut;
  }

  private void row(JsonParser json) throws IOException {
    String name = "";
    String type = "";
    OptionalLong size = OptionalLong.empty();
    Optional<Instant> modified = Optional.empty();
    Optional<Digest> digest = Optional.empty();
    for (int count = 1; json.nextToken() == JsonToken.FIELD_NAME; count++) {
      require(count <= MOST_MEMBERS, "the server's answer has too many members");
      String member = json.currentName();
      JsonToken value = json.nextToken();
      switch (member) {
        case "name" -> name = text(json, value);
        case "type" -> type = text(json, value);
        case "size" -> size = OptionalLong.of(size(json, value));
        case "modified" -> modified = Optional.of(instant(text(json, value)));
        case "digest" -> digest = digest(text(json, value));
        default -> json.skipChildren();
      }
    }
    require(!type.isEmpty(), "the server's answer lacks \"type\"");
    Optional<SharePath> path = path(name);
    if (path.isEmpty()) {
      leftOut++;
      return;
    }
    boolean isFolder = type.equals("folder");
    if (isTree && isFolder) {
      inside = path.get();
      insideName = name;
    }
    entries.accept(new Listed(path.get(), isFolder, size, modified, digest));
  }

  private Optional<SharePath> path(String name) throws ServerFault {
    try {
      return Optional.of(isTree ? below(name) : folder.child(name));
    } catch (Refusal.BadName e) {
      return Optional.empty();
    }
  }

  /// The path of a row of a tree. It shares the names of the folders around it with theirs, so that
  /// whoever keeps many keeps each name once.
  private SharePath below(String name) throws Refusal.BadName, ServerFault {
    int slash = name.lastIndexOf('/');
    if (!name.substring(0, Math.max(slash, 0)).equals(insideName)) {
      climb(SharePath.parse(folder.isRoot() ? name : folder + "/" + name).parent());
    }
    return inside.child(name.substring(slash + 1));
  }

  /// Follows the server out of folders, to one around where it was.
  private void climb(SharePath to) throws ServerFault {
    while (!inside.equals(to)) {
      require(!inside.equals(folder), "the server's listing of a tree is none");
      inside = inside.parent();
      insideName = insideName.substring(0, Math.max(insideName.lastIndexOf('/'), 0));
    }
  }

  private static String text(JsonParser json, JsonToken value) throws IOException {
    require(value == JsonToken.VALUE_STRING, "the server's answer has no text where one belongs");
    return json.getText();
  }

  private static long size(JsonParser json, JsonToken value) throws IOException {
    require(
        value == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= 0,
        "the server's answer has no number as \"size\"");
    return json.getLongValue();
  }

  private static Instant instant(String text) throws ServerFault {
    try {
      return Moment.parse(text);
    } catch (DateTimeException e) {
      throw new ServerFault("the server's answer has no moment as \"modified\"", e);
    }
  }

  /// Empty for an algorithm that we don't know.
  private static Optional<Digest> digest(String text) throws ServerFault {
    String label = Digest.Algorithm.CRC32C.label() + ":";
    if (!text.startsWith(label)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Digest(Digest.Algorithm.CRC32C, text.substring(label.length())));
    } catch (IllegalArgumentException e) {
      throw new ServerFault("the server's answer has no sum as \"digest\"", e);
    }
  }

  private static void require(boolean holds, String otherwise) throws ServerFault {
    if (!holds) {
      throw new ServerFault(otherwise);
    }
  }
}
