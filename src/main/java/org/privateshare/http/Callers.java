package org.privateshare.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// Knows from which address a request comes, through proxies that the owner trusts.
final class Callers {
  private final List<AddressBlock> proxies;

  Callers(List<AddressBlock> proxies) {
    this.proxies = proxies;
  }

  /// The peer; or, where that is a trusted proxy, the last address in `X-Forwarded-For` that isn't
  /// one. What stands before an entry that is no address is never believed.
  InetAddress of(Request request) {
    InetAddress caller = peer(request);
    List<String> hops = new ArrayList<>();
    for (String line : request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR)) {
      hops.addAll(List.of(line.split(",", -1)));
    }
    while (isProxy(caller) && !hops.isEmpty()) {
      Optional<AddressBlock> hop = AddressBlock.parse(hops.removeLast().strip());
      if (hop.isEmpty()) {
        break;
      }
      caller = hop.get().first();
    }
    return caller;
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(block -> block.contains(address));
  }

  private static InetAddress peer(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress peer
        ? peer.getAddress()
        : InetAddress.getLoopbackAddress();
  }
}
