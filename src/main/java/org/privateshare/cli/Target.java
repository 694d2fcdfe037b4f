package org.privateshare.cli;

import java.util.regex.Pattern;
import org.privateshare.client.ClassicRemote;
import org.privateshare.client.Remote;

/// Where a share is: `HOST` or `HOST:PORT`.
///
/// HOST is a name or an IPv4 address in ASCII, or an IPv6 address in brackets, with a zone if need
/// be (`[fe80::1%eth0]`). Strict: nothing is trimmed or guessed.
///
/// @param host the name or address, without brackets
/// @param port 1 to 65535
record Target(String host, int port) {
  /// Where a share is when nobody says otherwise.
  static final int DEFAULT_PORT = 3650;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*)");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");

  Target {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /// Reads `HOST`, `HOST:PORT`, `[IPV6]` or `[IPV6]:PORT`.
  static Target parse(String text) throws Mistake {
    if (text.startsWith("[")) {
      return parseBracketed(text);
    }
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      throw new Mistake(
          Paths.shown(text) + " is no HOST[:PORT]; an IPv6 address stands in brackets: [::1]:3650");
    }
    String host = colon < 0 ? text : text.substring(0, colon);
    return new Target(
        checkedName(host), colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1)));
  }

  /// Reads the `HOST` and the `PORT` of the grammar of 2020, where an IPv6 address needs no
  /// brackets.
  static Target parse(String host, String port) throws Mistake {
    boolean bare = IPV6.matcher(host).matches();
    return parse((bare ? "[" + host + "]" : host) + ":" + port);
  }

  private static Target parseBracketed(String text) throws Mistake {
    int end = text.indexOf(']');
    String host = end < 0 ? "" : text.substring(1, end);
    String rest = end < 0 ? "" : text.substring(end + 1);
    if (!IPV6.matcher(host).matches() || !(rest.isEmpty() || rest.startsWith(":"))) {
      throw new Mistake(Paths.shown(text) + " is no [IPV6-ADDRESS][:PORT]");
    }
    return new Target(host, rest.isEmpty() ? DEFAULT_PORT : port(rest.substring(1)));
  }

  private static String checkedName(String host) throws Mistake {
    if (!NAME.matcher(host).matches()) {
      throw new Mistake(Paths.shown(host) + " is no host; expected HOST or HOST:PORT at the end");
    }
    return host;
  }

  private static int port(String text) throws Mistake {
    int port = parsePort(text);
    if (port == 0) {
      throw new Mistake("nothing can be reached at port 0; give 1 to 65535");
    }
    return port;
  }

  /// Reads a port: 0 to 65535 in ASCII digits without a sign or leading zeros.
  static int parsePort(String text) throws Mistake {
    if (!text.matches("0|[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
      throw new Mistake(Paths.shown(text) + " is no port; give a number from 1 to 65535");
    }
    return Integer.parseInt(text);
  }

  /// The share there.
  Remote remote() {
    return new ClassicRemote(host, port);
  }

  /// As the user would type it, the port always there.
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
