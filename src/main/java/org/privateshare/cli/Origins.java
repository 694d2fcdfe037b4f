package org.privateshare.cli;

import java.util.regex.Pattern;
import org.privateshare.client.http.Origin;

/// Hosts and ports as a user writes them: `HOST`, `HOST:PORT`, `[IPV6]` or `[IPV6]:PORT`.
///
/// HOST is a name or an IPv4 address in ASCII, or an IPv6 address in brackets, with a zone if need
/// be (`[fe80::1%eth0]`). Strict: nothing is trimmed or guessed.
final class Origins {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*)");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");

  private Origins() {}

  /// Reads a host, with its port or the default one.
  static Origin parse(String text, int defaultPort) throws Mistake {
    if (text.startsWith("[")) {
      return parseBracketed(text, defaultPort);
    }
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      throw needsBrackets(text);
    }
    String host = colon < 0 ? text : text.substring(0, colon);
    if (!NAME.matcher(host).matches()) {
      throw new Mistake(Paths.shown(host) + " is no host; expected HOST or HOST:PORT at the end");
    }
    return new Origin(host, colon < 0 ? defaultPort : port(text.substring(colon + 1)));
  }

  /// Reads the `HOST` and the `PORT` of the grammar of 2020, where an IPv6 address needs no
  /// brackets.
  static Origin parse(String host, String port) throws Mistake {
    boolean bare = IPV6.matcher(host).matches();
    // The port has been given: none is the default.
    return parse((bare ? "[" + host + "]" : host) + ":" + port, 0);
  }

  private static Origin parseBracketed(String text, int defaultPort) throws Mistake {
    int end = text.indexOf(']');
    String host = end < 0 ? "" : text.substring(1, end);
    String rest = end < 0 ? "" : text.substring(end + 1);
    if (!IPV6.matcher(host).matches() || !(rest.isEmpty() || rest.startsWith(":"))) {
      throw new Mistake(Paths.shown(text) + " is no [IPV6-ADDRESS][:PORT]");
    }
    return new Origin(host, rest.isEmpty() ? defaultPort : port(rest.substring(1)));
  }

  /// Whether the text is an IPv6 address that lacks its brackets.
  static boolean isBareIpv6(String text) {
    return text.indexOf(':') != text.lastIndexOf(':') && IPV6.matcher(text).matches();
  }

  static Mistake needsBrackets(String text) {
    return new Mistake(
        Paths.shown(text) + " is no HOST[:PORT]; an IPv6 address stands in brackets: [::1]:3650");
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
}
