package org.privateshare.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.privateshare.access.Scope;
import org.privateshare.access.Terms;
import org.privateshare.model.Refusal;
import org.privateshare.model.Rights;

/// Reads what a new key shall be:
///
/// ```json
/// {"label":"Ada","rights":"list,get","path":"inbox/","expires":"2027-01-01T00:00:00Z","link":true}
/// ```
///
/// `path` is `/`, `expires` never and `link` false unless said. A member that isn't known, comes
/// twice or is of another type is refused: a limit that is misspelt must not be none.
final class KeyRequest {
  private final Map<String, String> texts = new HashMap<>();
  private boolean isLink;

  private KeyRequest() {}

  /// Reads one JSON object in UTF-8, with nothing behind it.
  ///
  /// @throws BadField where it isn't that
  /// @throws Refusal.BadName where no key can have these terms
  static Terms parse(byte[] body) throws BadField, Refusal.BadName {
    KeyRequest request = new KeyRequest();
    try (JsonParser json = Json.reader(body)) {
      request.readAll(json);
    } catch (JsonProcessingException e) {
      // Its message would quote what was sent.
      throw new BadField("the body is no JSON as it is wanted here");
    } catch (IOException e) {
      throw new BadField("the body is no UTF-8");
    }
    return request.terms();
  }

  private void readAll(JsonParser json) throws BadField, IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "the body is no JSON object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "label", "rights", "path", "expires" -> {
          require(value == JsonToken.VALUE_STRING, name + " is no text");
          var _ = texts.put(name, json.getText());
        }
        case "link" -> {
          require(value.isBoolean(), "link is neither true nor false");
          isLink = json.getBooleanValue();
        }
        default -> throw new BadField("the body has a member that isn't known here");
      }
    }
    require(json.nextToken() == null, "there is something behind the JSON object");
  }

  private static void require(boolean condition, String otherwise) throws BadField {
    if (!condition) {
      throw new BadField(otherwise);
    }
  }

  private Terms terms() throws BadField, Refusal.BadName {
    return Terms.of(
        demanded("label"),
        Rights.parse(demanded("rights")),
        Scope.parse(texts.getOrDefault("path", "/")),
        texts.containsKey("expires") ? time(demanded("expires")) : Terms.NEVER,
        isLink);
  }

  private String demanded(String name) throws BadField {
    String value = texts.get(name);
    if (value == null) {
      throw new BadField("the body lacks " + name);
    }
    return value;
  }

  private static Instant time(String text) throws BadField {
    try {
      Instant time = Instant.parse(text);
      if (time.toString().equals(text)) {
        return time;
      }
    } catch (DateTimeException e) {
      // The same as another spelling.
    }
    throw new BadField("expires is no time such as 2027-01-01T00:00:00Z");
  }
}
