package org.privateshare.client.http;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.privateshare.model.Printable;

/// A server by its address.
///
/// @param host a name in lower case, an IPv4 address, or an IPv6 address without brackets, with a
///   zone (`fe80::1%eth0`) if need be
/// @param port 1 to 65535
public record Origin(String host, int port) {
  /// Puts the host into lower case, except for a zone; checks its alphabet and the port's range.
  public Origin {
    int zone = host.indexOf('%');
    int end = zone < 0 ? host.length() : zone;
    if (end == 0
        || !host.substring(0, end).chars().allMatch(Origin::isHostChar)
        || (zone >= 0 && !isZone(host.substring(0, zone), host.substring(zone + 1)))) {
      throw new IllegalArgumentException("not a host: " + Printable.escape(host));
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    host = host.substring(0, end).toLowerCase(Locale.ROOT) + host.substring(end);
  }

  private static boolean isZone(String address, String zone) {
    return address.indexOf(':') >= 0
        && !zone.isEmpty()
        && zone.chars().allMatch(c -> isHostChar(c) && c != ':');
  }

  private static boolean isHostChar(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ".-_:".indexOf(c) >= 0;
  }

  /// Reads what [#toString] writes; upper case and no zone are the only liberties.
  public static Optional<Origin> parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon));
    String port = text.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!port.matches("[1-9][0-9]{0,4}") || bracketed != host.contains(":")) {
      return Optional.empty();
    }
    try {
      String bare = bracketed ? host.substring(1, host.length() - 1) : host;
      return Optional.of(new Origin(bare, Integer.parseInt(port)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Host and port as a URL and the `Host` field write them: the zone is nobody else's business
  /// (RFC 9844).
  public String authority() {
    return written(hostWithoutZone());
  }

  private String hostWithoutZone() {
    int zone = host.indexOf('%');
    return zone < 0 ? host : host.substring(0, zone);
  }

  /// Host and port as a person writes them: an IPv6 address in brackets, with its zone.
  @Override
  public String toString() {
    return written(host);
  }

  private String written(String shown) {
    return (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":" + port;
  }

  /// Connects, in clear where there is no `tls`.
  Pipe connect(Optional<Tls> tls, Deadlines limits) throws IOException {
    TimedChannel channel = TimedChannel.connect(host, port, limits.connect());
    if (tls.isEmpty()) {
      return new PlainPipe(channel, limits.idle());
    }
    boolean direct = tls.get().provider().prefersDirect();
    return TlsPipe.open(channel, tls.get().engine(hostWithoutZone(), port), direct, limits);
  }
}
