package org.privateshare.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.privateshare.access.Capability;
import org.privateshare.access.Terms;

/// What a key says, as JSON; never the key itself:
///
/// ```json
/// {"id":"...","parent":"...","label":"Ada","rights":"list,get","path":"inbox/",
///  "issued":"2026-11-22T10:00:00Z","expires":"2027-01-01T00:00:00Z","link":false}
/// ```
///
/// The owner key has no `parent`, and a key that lives for ever no `expires`.
final class KeyJson {
  private KeyJson() {}

  /// Writes the members into an object that has been begun.
  static void write(JsonGenerator json, Capability key) throws IOException {
    Terms terms = key.terms();
    json.writeStringField("id", key.id().text());
    if (!key.isOwner()) {
      json.writeStringField("parent", key.ancestors().getLast().text());
    }
    json.writeStringField("label", terms.label());
    json.writeStringField("rights", terms.rights().toString());
    json.writeStringField("path", terms.scope().toString());
    json.writeStringField("issued", key.issued().toString());
    if (!terms.expires().equals(Terms.NEVER)) {
      json.writeStringField("expires", terms.expires().toString());
    }
    json.writeBooleanField("link", terms.isLink());
  }
}
