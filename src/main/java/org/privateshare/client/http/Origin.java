package org.privateshare.client.http;

import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Printable;

/// A server by its address.
///
/// @param host a name, an IPv4 address, or an IPv6 address without brackets
/// @param port 1 to 65535
public record Origin(String host, int port) {
  /// Checks that the host can stand in a `Host` field, and the port's range.
  public Origin {
    if (host.isEmpty() || !host.chars().allMatch(Origin::isHostChar)) {
      throw new IllegalArgumentException("not a host: " + Printable.escape(host));
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  private static boolean isHostChar(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ".-_:".indexOf(c) >= 0;
  }

  /// Host and port as a URL and the `Host` field write them.
  public String authority() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /// Connects, in clear where there is no `tls`.
  Pipe connect(Optional<Tls> tls, Deadlines limits) throws IOException {
    TimedChannel channel = TimedChannel.connect(host, port, limits.connect());
    if (tls.isEmpty()) {
      return new PlainPipe(channel, limits.idle());
    }
    boolean direct = tls.get().provider().prefersDirect();
    return TlsPipe.open(channel, tls.get().engine(host, port), direct, limits);
  }
}
