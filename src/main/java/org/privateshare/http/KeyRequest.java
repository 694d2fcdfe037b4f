package org.privateshare.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
  /// @throws Problem where it isn't that
  /// @throws Refusal.BadName where no key can have these terms
  static Terms parse(byte[] body) throws Problem, Refusal.BadName {
    KeyRequest request = new KeyRequest();
    Optional<String> text = PercentCode.utf8(body);
    try (JsonParser json = Json.reader(text.orElseThrow(KeyRequest::noJson))) {
      request.readAll(json);
    } catch (IOException e) {
      // Its message would quote what was sent.
      throw noJson();
    }
    return request.terms();
  }

  private static Problem noJson() {
    return Problem.badRequest("the body is no JSON in UTF-8");
  }

  private void readAll(JsonParser json) throws Problem, IOException {
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
        default -> throw Problem.badRequest("the body has a member that isn't known here");
      }
    }
    require(json.nextToken() == null, "there is something behind the JSON object");
  }

  private static void require(boolean condition, String otherwise) throws Problem {
    if (!condition) {
      throw Problem.badRequest(otherwise);
    }
  }

  private Terms terms() throws Problem, Refusal.BadName {
    return Terms.of(
        demanded("label"),
        Rights.parse(demanded("rights")),
        Scope.parse(texts.getOrDefault("path", "/")),
        texts.containsKey("expires") ? time(demanded("expires")) : Terms.NEVER,
        isLink);
  }

  private String demanded(String name) throws Problem {
    String value = texts.get(name);
    if (value == null) {
      throw Problem.badRequest("the body lacks " + name);
    }
    return value;
  }

  private static Instant time(String text) throws Problem {
    try {
      Instant time = Instant.parse(text);
      if (time.toString().equals(text)) {
        return time;
      }
    } catch (DateTimeException e) {
      // The same as another spelling.
    }
    throw Problem.badRequest("expires is no time such as 2027-01-01T00:00:00Z");
  }
}
