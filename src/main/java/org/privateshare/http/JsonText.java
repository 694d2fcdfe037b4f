package org.privateshare.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Writes short JSON texts.
final class JsonText {
  /// Writes the members of an object.
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private JsonText() {}

  /// One object on one line.
  static String object(Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every text", e);
    }
    return text + "\n";
  }
}
