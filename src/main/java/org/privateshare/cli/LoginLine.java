package org.privateshare.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.client.http.Origin;

/// What takes a key to another machine, in one line: `https://HOST:PORT/#KEY@FINGERPRINT`. The
/// specification is in `docs/keys.md`.
///
/// @param server where it is
/// @param invitation the key and whom it is for; either may be missing
record LoginLine(Origin server, Invitation invitation) {
  private static final int HTTPS_PORT = 443;
  private static final Pattern SHAPE = Pattern.compile("https://([^/?#@]*)/(?:#(.*))?");

  /// Reads a login line, and nothing that only looks like one.
  static LoginLine parse(String text) throws Mistake {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new Mistake(
          "this is no line to log in with; give https://HOST:PORT/ or, in quotes, all of"
              + " https://HOST:PORT/#KEY@FINGERPRINT");
    }
    Origin server = Origins.parse(matcher.group(1), HTTPS_PORT);
    String fragment = matcher.group(2) == null ? "" : matcher.group(2);
    return new LoginLine(server, Invitation.parse(fragment));
  }

  /// The line itself, with the key in it.
  String text() {
    String fragment = invitation.text();
    return fragment.isEmpty() ? toString() : this + "#" + fragment;
  }

  /// The server alone, so that no message holds the key.
  @Override
  public String toString() {
    return "https://" + server + "/";
  }
}
