package org.privateshare.http;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Refusal;

/// Finds the key that a request shows.
final class KeyReader {
  /// The parameter that links have it in.
  static final String PARAMETER = "key";

  private KeyReader() {}

  /// A key as it was shown; whether it is good is another question.
  ///
  /// @param text the key
  /// @param isInQuery whether it stood in the URL
  record Shown(String text, boolean isInQuery) {
    /// Without the key.
    @Override
    public String toString() {
      return isInQuery ? "a key in the query" : "a key";
    }
  }

  /// The one key of the request.
  ///
  /// @param reads whether it only reads, so that the key may stand in the query
  /// @throws Problem 401 where there is none; 400 where there are two
  /// @throws Refusal.Denied where a link's key comes with a change
  static Shown read(HttpFields fields, Query query, boolean reads) throws Problem, Refusal.Denied {
    List<String> lines = fields.getValuesList(HttpHeader.AUTHORIZATION);
    boolean isInQuery = query.has(PARAMETER);
    if (lines.size() + (isInQuery ? 1 : 0) > 1) {
      throw Problem.badRequest("the key has to come in one way, once");
    }
    if (isInQuery) {
      if (!reads) {
        throw new Refusal.Denied("a key in the query is good for GET and HEAD only");
      }
      return new Shown(query.value(PARAMETER).orElse(""), true);
    }
    if (lines.isEmpty()) {
      throw Problem.noKey("this needs a key");
    }
    String line = lines.getFirst();
    // What can't be read is no key, and as wrong as a wrong one.
    return new Shown(bearer(line).or(() -> basic(line)).orElse(""), false);
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
