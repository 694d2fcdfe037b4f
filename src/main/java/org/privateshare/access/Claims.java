package org.privateshare.access;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.privateshare.model.Refusal;
import org.privateshare.model.Rights;

/// A [Capability] as JSON: the payload of a key (RFC 7519 claims). Pure.
///
/// ```
/// {"jti":ID,"chain":[ID,...],"rights":"list,get","path":"inbox/",
///  "iat":SECONDS,"exp":SECONDS,"label":TEXT,"link":true,"session":true}
/// ```
///
/// in this order, without white space or line breaks; `exp` is left out of a key that never
/// expires, `link` of one that is no link, `session` of one that is no session. There is one
/// spelling: a text is accepted only if printing what was read gives the same text again, so that
/// unknown, doubled and reordered claims, other escapes and other spellings of a number need no
/// rule of their own.
final class Claims {
  private Claims() {}

  /// The JSON on one line.
  static String print(Capability key) {
    Terms terms = key.terms();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", key.id().text());
    claims.put("chain", key.ancestors().stream().map(KeyId::text).toList());
    claims.put("rights", terms.rights().toString());
    claims.put("path", terms.scope().toString());
    claims.put("iat", key.issued().getEpochSecond());
    if (!terms.expires().equals(Terms.NEVER)) {
      claims.put("exp", terms.expires().getEpochSecond());
    }
    claims.put("label", terms.label());
    if (terms.isLink()) {
      claims.put("link", true);
    }
    if (key.isSession()) {
      claims.put("session", true);
    }
    return JSONObjectUtils.toJSONString(claims);
  }

  /// Reads what [#print(Capability)] gives. The generation isn't in there: a key has it in its
  /// header.
  ///
  /// @throws Refusal.BadName where the text is anything else
  static Capability parse(int generation, String json) throws Refusal.BadName {
    Capability key = read(generation, object(json));
    if (!print(key).equals(json)) {
      throw unreadable();
    }
    return key;
  }

  private static Capability read(int generation, Map<String, Object> claims)
      throws Refusal.BadName {
    KeyId id = KeyId.parse(text(claims, "jti"));
    List<KeyId> ancestors = ids(claims);
    Terms terms =
        Terms.of(
            text(claims, "label"),
            Rights.parse(text(claims, "rights")),
            Scope.parse(text(claims, "path")),
            claims.containsKey("exp") ? second(claims, "exp") : Terms.NEVER,
            claims.containsKey("link"));
    boolean isSession = claims.containsKey("session");
    if (!Capability.isPossible(id, ancestors, terms, isSession)) {
      throw unreadable();
    }
    return new Capability(generation, id, ancestors, terms, second(claims, "iat"), isSession);
  }

  private static Map<String, Object> object(String json) throws Refusal.BadName {
    // The parser answers `null` with null and `[]` with an empty object.
    if (!json.startsWith("{")) {
      throw unreadable();
    }
    try {
      return JSONObjectUtils.parse(json);
    } catch (ParseException e) {
      throw unreadable();
    }
  }

  private static String text(Map<String, Object> claims, String name) throws Refusal.BadName {
    if (claims.get(name) instanceof String text) {
      return text;
    }
    throw unreadable();
  }

  private static Instant second(Map<String, Object> claims, String name) throws Refusal.BadName {
    if (claims.get(name) instanceof Long second && Terms.isSecond(second)) {
      return Instant.ofEpochSecond(second);
    }
    throw unreadable();
  }

  private static List<KeyId> ids(Map<String, Object> claims) throws Refusal.BadName {
    List<KeyId> ids = new ArrayList<>();
    if (!(claims.get("chain") instanceof List<?> items)) {
      throw unreadable();
    }
    for (Object item : items) {
      if (!(item instanceof String text)) {
        throw unreadable();
      }
      ids.add(KeyId.parse(text));
    }
    return ids;
  }

  private static Refusal.BadName unreadable() {
    return new Refusal.BadName("these are no claims of a key");
  }
}
