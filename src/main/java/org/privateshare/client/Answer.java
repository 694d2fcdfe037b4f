package org.privateshare.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.privateshare.client.http.Response;

/// Reads JSON that a server has sent, as it comes and never more of it than a page at a time. The
/// server isn't trusted: texts, nesting and, where it isn't streamed, the whole have bounds.
final class Answer {
  /// The longest text: more than any path in JSON's longest spelling.
  private static final int TEXT = 32 * 1024;

  private static final String NOT_OURS = "the server's answer is not what privateshare answers";

  private static final int WHOLE = 64 * 1024;
  private static final int DEPTH = 8;

  private static final JsonFactory STREAMED = factory(-1);
  private static final JsonFactory BOUNDED = factory(WHOLE);

  private Answer() {}

  private static JsonFactory factory(long document) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(document)
                .maxStringLength(TEXT)
                .maxNameLength(256)
                .maxNumberLength(32)
                .maxNestingDepth(DEPTH)
                .build())
        .build();
  }

  /// Is given rows of an array.
  @FunctionalInterface
  interface Rows {
    void row(Members members) throws IOException;
  }

  /// Is given elements of an array, each an object that `json` has just entered, and reads it to
  /// its end.
  @FunctionalInterface
  interface Elements {
    void read(JsonParser json) throws IOException;
  }

  /// Reads an answer that is one object of bounded size.
  static Members object(Response response) throws IOException {
    return object(response, "", row -> {});
  }

  /// Reads an answer that is one object of bounded size, in which an array of objects may stand
  /// under `name`.
  static Members object(Response response, String name, Rows rows) throws IOException {
    try (JsonParser json = BOUNDED.createParser(Channels.newInputStream(response))) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      Members members =
          Members.read(
              json,
              inner -> {
                if (inner.equals(name)) {
                  require(json.currentToken() == JsonToken.START_ARRAY);
                  array(json, element -> rows.row(Members.read(element)));
                } else {
                  json.skipChildren();
                }
              });
      require(json.nextToken() == null);
      return members;
    } catch (JacksonException e) {
      throw notOurs(e);
    }
  }

  /// A line of an answer that has one object a line.
  ///
  /// @param kind empty for a plain one; of one that holds nothing but an object under one name,
  ///   that name
  /// @param members of the object, or of the one that it holds
  record Line(String kind, Members members) {}

  /// Reads a line, without its end.
  static Line line(ByteBuffer line) throws IOException {
    byte[] bytes = new byte[line.remaining()];
    line.get(bytes);
    try (JsonParser json = BOUNDED.createParser(bytes)) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      Members members = Members.read(json);
      require(json.nextToken() == null);
      return members.texts().isEmpty() ? nested(bytes) : new Line("", members);
    } catch (JacksonException e) {
      throw notOurs(e);
    }
  }

  private static Line nested(byte[] line) throws IOException {
    try (JsonParser json = BOUNDED.createParser(line)) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      require(json.nextToken() == JsonToken.FIELD_NAME);
      String kind = json.currentName();
      require(json.nextToken() == JsonToken.START_OBJECT);
      return new Line(kind, Members.read(json));
    }
  }

  /// Reads an answer that is an object with an array of objects under `name`, row by row.
  static void rows(Response response, String name, Rows rows) throws IOException {
    elements(response, name, json -> rows.row(Members.read(json)));
  }

  /// As [#rows], for who reads the objects themselves.
  static void elements(Response response, String name, Elements elements) throws IOException {
    try (JsonParser json = STREAMED.createParser(Channels.newInputStream(response))) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      boolean found = false;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals(name);
        JsonToken value = json.nextToken();
        if (wanted) {
          require(!found && value == JsonToken.START_ARRAY);
          found = true;
          array(json, elements);
        } else {
          json.skipChildren();
        }
      }
      require(found && json.nextToken() == null);
    } catch (JacksonException e) {
      throw notOurs(e);
    }
  }

  private static void array(JsonParser json, Elements elements) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.START_OBJECT);
      elements.read(json);
    }
  }

  private static void require(boolean holds) throws IOException {
    if (!holds) {
      throw new ServerFault(NOT_OURS);
    }
  }

  private static ServerFault notOurs(JacksonException cause) {
    return new ServerFault(NOT_OURS, cause);
  }
}
