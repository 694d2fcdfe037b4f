package org.privateshare.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The members of a JSON object that hold texts, numbers and truths; those that hold more are
/// passed over, as everything is that the reader doesn't ask for.
///
/// @param texts the values by their names
record Members(Map<String, String> texts) {
  private static final int MOST = 32;

  /// What becomes of an array or object within: read to its end.
  @FunctionalInterface
  interface Inner {
    void read(String name) throws IOException;
  }

  /// Reads the object that `json` has just entered, to its end.
  static Members read(JsonParser json) throws IOException {
    return read(json, name -> json.skipChildren());
  }

  /// The same, with what is nested in it.
  static Members read(JsonParser json, Inner inner) throws IOException {
    Map<String, String> texts = new HashMap<>();
    int count = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (++count > MOST) {
        throw new ServerFault("the server's answer has too many members");
      }
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value.isStructStart()) {
        inner.read(name);
      } else if (value != JsonToken.VALUE_NULL) {
        texts.put(name, json.getText());
      }
    }
    return new Members(texts);
  }

  /// The value of a member, as text.
  Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /// The value of a member that must be there.
  String needed(String name) throws IOException {
    String value = texts.get(name);
    if (value == null) {
      throw new ServerFault("the server's answer lacks \"" + name + "\"");
    }
    return value;
  }

  /// A number of bytes that may be missing.
  OptionalLong size(String name) throws IOException {
    String value = texts.get(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    try {
      long size = Long.parseLong(value);
      if (size >= 0) {
        return OptionalLong.of(size);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ServerFault("the server's answer has no number as \"" + name + "\"");
  }

  /// A number of bytes that must be there.
  long neededSize(String name) throws IOException {
    String _ = needed(name);
    return size(name).orElseThrow();
  }

  /// A moment that must be there.
  Instant neededInstant(String name) throws IOException {
    String _ = needed(name);
    return instant(name).orElseThrow();
  }

  /// A moment that may be missing.
  Optional<Instant> instant(String name) throws IOException {
    String value = texts.get(name);
    try {
      return value == null ? Optional.empty() : Optional.of(Instant.parse(value));
    } catch (DateTimeException e) {
      throw new ServerFault("the server's answer has no moment as \"" + name + "\"", e);
    }
  }
}
