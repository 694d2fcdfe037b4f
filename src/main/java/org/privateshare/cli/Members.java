package org.privateshare.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.privateshare.client.Finding;
import org.privateshare.client.RemoteKeys;
import org.privateshare.client.Unfinished;
import org.privateshare.model.OldVersion;

/// The members of JSON events. Not in the commands themselves: whoever looks for a command's
/// options by reflection would load the JSON library with them.
final class Members {
  private Members() {}

  /// Of `entry`.
  static JsonLines.Members of(ListRow entry) {
    return json -> write(json, entry);
  }

  private static void write(JsonGenerator json, ListRow entry) throws IOException {
    json.writeStringField("name", entry.name());
    json.writeStringField("type", entry.folder() ? "folder" : "file");
    if (entry.size().isPresent()) {
      json.writeNumberField("size", entry.size().getAsLong());
    }
    if (entry.modified().isPresent()) {
      json.writeStringField("modified", entry.modified().get().toString());
    }
  }

  /// Of `finding`.
  static JsonLines.Members of(Finding finding) {
    return json -> {
      json.writeStringField("level", finding.level().name().toLowerCase(Locale.ROOT));
      json.writeStringField("topic", finding.topic());
      json.writeStringField("text", finding.text());
      if (!finding.advice().isEmpty()) {
        json.writeStringField("advice", finding.advice());
      }
    };
  }

  /// Of `version`.
  static JsonLines.Members of(OldVersion old) {
    return json -> write(json, old);
  }

  private static void write(JsonGenerator json, OldVersion old) throws IOException {
    json.writeStringField("name", old.path().toString());
    json.writeStringField("id", old.id());
    json.writeNumberField("size", old.size());
    json.writeStringField("modified", old.modified().toString());
    json.writeStringField("kept", old.kept().toString());
  }

  /// Of `uploads`.
  static JsonLines.Members of(Unfinished upload) {
    return json -> write(json, upload);
  }

  private static void write(JsonGenerator json, Unfinished upload) throws IOException {
    json.writeStringField("id", upload.id());
    json.writeStringField("name", upload.path());
    json.writeNumberField("offset", upload.offset());
    if (upload.length().isPresent()) {
      json.writeNumberField("size", upload.length().getAsLong());
    }
    json.writeStringField("label", upload.label());
    json.writeStringField("expires", upload.expires().toString());
  }

  /// Of `key`, made just now.
  static JsonLines.Members of(RemoteKeys.Issued issued, Optional<String> line) {
    return json -> write(json, issued, line);
  }

  private static void write(JsonGenerator json, RemoteKeys.Issued issued, Optional<String> line)
      throws IOException {
    Keys.write(json, issued.known());
    json.writeStringField("key", issued.text());
    if (line.isPresent()) {
      json.writeStringField("line", line.get());
    }
  }
}
