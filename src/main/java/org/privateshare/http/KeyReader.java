package org.privateshare.http;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Refusal;

/// Finds the key that a request shows.
final class KeyReader {
  /// The parameter that links have it in.
  static final String PARAMETER = "key";

  private KeyReader() {}

  /// Where a key stood.
  enum Place {
    /// In `Authorization`.
    FIELD,
    /// In the URL, as a link's does.
    QUERY,
    /// In a form that signs in.
    BODY,
    /// In the cookie: a session's, and no key.
    COOKIE
  }

  /// A key or session as it was shown; whether it is good is another question.
  ///
  /// @param text the key
  /// @param place where it stood
  record Shown(String text, Place place) {
    static Shown inBody(String text) {
      return new Shown(text, Place.BODY);
    }

    /// Without the key.
    @Override
    public String toString() {
      return "a key in the " + place;
    }
  }

  /// The one key of the request. A cookie counts only where there is none in another place.
  ///
  /// @throws Problem 401 where there is none; 400 where there are two
  /// @throws Refusal.Denied where a link's key comes with a change, or a cookie with one that
  ///   doesn't say which site it comes from
  static Shown read(Call call) throws Problem, Refusal.Denied {
    List<String> lines = call.fields().getValuesList(HttpHeader.AUTHORIZATION);
    boolean isInQuery = call.query().has(PARAMETER);
    if (lines.size() + (isInQuery ? 1 : 0) > 1) {
      throw Problem.badRequest("the key has to come in one way, once");
    }
    if (isInQuery) {
      if (!call.reads()) {
        throw new Refusal.Denied("a key in the query is good for GET and HEAD only");
      }
      return new Shown(call.query().value(PARAMETER).orElse(""), Place.QUERY);
    }
    if (lines.isEmpty()) {
      return inCookie(call);
    }
    String line = lines.getFirst();
    // What can't be read is no key, and as wrong as a wrong one.
    return new Shown(bearer(line).or(() -> basic(line)).orElse(""), Place.FIELD);
  }

  private static Shown inCookie(Call call) throws Problem, Refusal.Denied {
    String text =
        SessionCookie.read(call.request()).orElseThrow(() -> Problem.noKey(Problem.NEEDS_KEY));
    if (!call.reads()) {
      SiteRule.requireOwn(call.request());
    }
    return new Shown(text, Place.COOKIE);
  }

  /// RFC 6750 section 2.1.
  private static Optional<String> bearer(String line) {
    return after("Bearer ", line);
  }

  /// RFC 7617: the key is the password, the user's name says nothing.
  private static Optional<String> basic(String line) {
    return after("Basic ", line)
        .flatMap(KeyReader::base64)
        .flatMap(PercentCode::utf8)
        .filter(pair -> pair.contains(":"))
        .map(pair -> pair.substring(pair.indexOf(':') + 1));
  }

  private static Optional<String> after(String scheme, String line) {
    return line.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(line.substring(scheme.length()))
        : Optional.empty();
  }

  private static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
