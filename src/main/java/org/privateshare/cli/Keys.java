package org.privateshare.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.privateshare.client.RemoteKeys;
import org.privateshare.model.Printable;

/// Keys as people and programs are shown them; never a key itself.
final class Keys {
  private Keys() {}

  /// `ID "Ada": list,get,put in inbox/, until 2026-11-29T10:00:00Z`.
  static String inWords(RemoteKeys.Known key) {
    RemoteKeys.Wish terms = key.terms();
    return String.format(
        Locale.ROOT,
        "%s \"%s\": %s in %s, %s%s",
        Printable.escape(key.id()),
        Printable.escape(terms.label()),
        terms.rights(),
        Printable.escape(terms.path()),
        terms.expires().map(end -> "until " + end).orElse("for ever"),
        terms.link() ? ", as a link" : "");
  }

  /// The words of a row: id, rights, path, end, label.
  static List<String> row(RemoteKeys.Known key) {
    RemoteKeys.Wish terms = key.terms();
    return List.of(
        Printable.escape(key.id()),
        terms.rights().toString(),
        Printable.escape(terms.path()),
        terms.expires().map(Instant::toString).orElse("never"),
        Printable.escape(terms.label()));
  }

  /// Rows with their words below each other.
  static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.getFirst().size() - 1];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      lines.add(line.append(row.getLast()).toString());
    }
    return lines;
  }

  /// The members of a key for a program.
  static void write(JsonGenerator json, RemoteKeys.Known key) throws IOException {
    RemoteKeys.Wish terms = key.terms();
    json.writeStringField("id", key.id());
    if (key.parent().isPresent()) {
      json.writeStringField("parent", key.parent().get());
    }
    json.writeStringField("label", terms.label());
    json.writeStringField("rights", terms.rights().toString());
    json.writeStringField("path", terms.path());
    json.writeStringField("issued", key.issued().toString());
    if (terms.expires().isPresent()) {
      json.writeStringField("expires", terms.expires().get().toString());
    }
    json.writeBooleanField("link", terms.link());
  }
}
