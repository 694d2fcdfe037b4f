package org.privateshare.http;

import java.util.List;
import java.util.Set;

/// What the owner chooses about HTTP.
///
/// @param hosts names and addresses, beside this machine's own, by which the server may be called;
///   without a port
/// @param trustedProxies the peers whose `X-Forwarded-For` is believed
public record HttpOptions(Set<String> hosts, List<AddressBlock> trustedProxies) {
  /// This machine's names only, no proxies.
  public static final HttpOptions DEFAULT = new HttpOptions(Set.of(), List.of());

  /// Copies both.
  public HttpOptions {
    hosts = Set.copyOf(hosts);
    trustedProxies = List.copyOf(trustedProxies);
  }
}
