package org.privateshare.net;

import java.net.InetAddress;

/// Who may speak HTTP in clear; all others are told to use HTTPS.
@FunctionalInterface
public interface PlainHttp {
  /// Nobody.
  PlainHttp OFF = _ -> false;

  /// Programs on this machine.
  PlainHttp LOOPBACK = InetAddress::isLoopbackAddress;

  /// Everybody: for a trusted network, or behind a proxy that does TLS.
  PlainHttp ANY = _ -> true;

  /// Whether a caller from this address is served.
  boolean serves(InetAddress caller);
}
