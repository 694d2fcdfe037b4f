package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// What a browser is signed in with: `key=KEY` or `key=LINK`, `application/x-www-form-urlencoded`.
final class SignInForm {
  static final int MOST_BYTES = 16 << 10;

  private static final String FIELD = "key=";
  private static final String TYPE = "application/x-www-form-urlencoded";

  /// A login line (see `docs/keys.md`), or what stands behind its `#`, or the key alone.
  private static final Pattern PASTED = Pattern.compile("(?:\\S*#)?(?<key>[^#@\\s]*)(?:@\\S*)?");

  private SignInForm() {}

  /// Lets only a form pass.
  ///
  /// @throws Problem 400 for another type
  static void requireType(HttpFields fields) throws Problem {
    String type = String.valueOf(fields.get(HttpHeader.CONTENT_TYPE));
    if (!type.replaceFirst("\\s*;.*", "").equalsIgnoreCase(TYPE)) {
      throw Problem.badRequest("a key comes as " + TYPE);
    }
  }

  /// The key, which may be wrong.
  ///
  /// @throws Problem 400 where there is none, or something else
  static String key(byte[] body) throws Problem {
    String form = new String(body, UTF_8);
    if (!form.startsWith(FIELD) || form.contains("&")) {
      throw Problem.badRequest("the form has a key in it, and nothing else");
    }
    String pasted = decode(form.substring(FIELD.length())).strip();
    if (pasted.isEmpty()) {
      throw Problem.badRequest("the key is missing");
    }
    Matcher parts = PASTED.matcher(pasted);
    return parts.matches() ? parts.group("key") : pasted;
  }

  private static String decode(String value) throws Problem {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("the form is no percent-encoded UTF-8");
    }
  }
}
