package org.privateshare.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What takes a key to another machine, in one line: `https://HOST:PORT/#KEY@FINGERPRINT`. The
/// specification is in `docs/keys.md`.
///
/// @param host a name, an IPv4 address, or an IPv6 address without brackets
/// @param port 1 to 65535
/// @param invitation the key and whom it is for; either may be missing
record LoginLine(String host, int port, Invitation invitation) {
  private static final int HTTPS_PORT = 443;
  private static final Pattern SHAPE =
      Pattern.compile("https://(\\[[^]/?#]*]|[^]\\[/?#:]*)(:[^/?#]*)?/(?:#(.*))?");

  /// Reads a login line, and nothing that only looks like one.
  static LoginLine parse(String text) throws Mistake {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new Mistake(
          "this is no line to log in with; give https://HOST:PORT/ or, in quotes, all of"
              + " https://HOST:PORT/#KEY@FINGERPRINT");
    }
    String port = matcher.group(2) == null ? ":" + HTTPS_PORT : matcher.group(2);
    Target server = Target.parse(matcher.group(1) + port);
    String fragment = matcher.group(3) == null ? "" : matcher.group(3);
    return new LoginLine(server.host(), server.port(), Invitation.parse(fragment));
  }

  /// The line itself, with the key in it.
  String text() {
    String fragment = invitation.text();
    String server = "https://" + new Target(host, port) + "/";
    return fragment.isEmpty() ? server : server + "#" + fragment;
  }

  /// The server alone, so that no message holds the key.
  @Override
  public String toString() {
    return "https://" + new Target(host, port) + "/";
  }
}
