package org.privateshare.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.privateshare.model.Refusal;
import org.privateshare.model.Rights;

/// Keys as JSON, as `docs/http.md` has them under `/.privateshare/keys`.
final class KeyJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private KeyJson() {}

  static byte[] write(RemoteKeys.Wish wish) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("label", wish.label());
      json.writeStringField("rights", wish.rights().toString());
      json.writeStringField("path", wish.path());
      if (wish.expires().isPresent()) {
        json.writeStringField("expires", wish.expires().get().toString());
      }
      json.writeBooleanField("link", wish.link());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an array can't fail", e);
    }
    return bytes.toByteArray();
  }

  static RemoteKeys.Issued issued(Members members) throws IOException {
    String text = members.needed("key");
    if (!Credential.isKey(text)) {
      throw new IOException("the server's answer has no key");
    }
    return new RemoteKeys.Issued(known(members), text);
  }

  static RemoteKeys.Known known(Members members) throws IOException {
    return new RemoteKeys.Known(
        members.needed("id"),
        members.text("parent"),
        members.neededInstant("issued"),
        new RemoteKeys.Wish(
            members.needed("label"),
            rights(members.needed("rights")),
            members.needed("path"),
            members.instant("expires"),
            members.text("link").equals(Optional.of("true"))));
  }

  private static Rights rights(String text) throws IOException {
    try {
      return Rights.parse(text);
    } catch (Refusal.BadName e) {
      throw new IOException("the server's answer has rights that there are not", e);
    }
  }
}
