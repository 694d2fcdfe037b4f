package org.privateshare.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/// Serves only those who mean this server: a page of another site whose name was bent to this
/// machine's address (DNS rebinding) still says that name.
final class HostRule {
  private final Set<String> names = new TreeSet<>();

  /// @param others names and addresses beside this machine's own, without a port
  HostRule(Set<String> others) {
    names.add("localhost");
    addMachine();
    others.forEach(other -> names.add(normal(other)));
  }

  private void addMachine() {
    try {
      String name = normal(InetAddress.getLocalHost().getHostName());
      names.add(name);
      if (!name.contains(".")) {
        names.add(name + ".local");
      }
    } catch (UnknownHostException nameless) {
      // Then it is called by its addresses.
    }
  }

  /// Lets only a request pass whose target names this server, in `Host`, `:authority` or an
  /// absolute request line, which Jetty has found to agree.
  ///
  /// @throws Problem 421
  void require(Request request) throws Problem {
    String host = request.getHttpURI().getHost();
    if (host == null || !isOurs(host, request)) {
      throw new Problem(421, "host", "this server isn't called that; see --host");
    }
  }

  /// Whether a host, without a port, is a name of the server that the request came to.
  boolean isOurs(String host, Request request) {
    String name = normal(host);
    return names.contains(name) || isOwnAddress(name, request);
  }

  /// The path, undecoded, of a URL of this server; a path without a host is one as it is. Empty for
  /// what is no such URL, or says more than a place.
  Optional<String> pathOf(String url, Request request) {
    if (url.startsWith("/")) {
      return Optional.of(url);
    }
    try {
      HttpURI parsed = HttpURI.from(url);
      String host = parsed.getHost();
      boolean saysMore = parsed.getQuery() != null || parsed.getUser() != null;
      return host == null || saysMore || !isOurs(host, request)
          ? Optional.empty()
          : Optional.ofNullable(parsed.getPath());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The address that the connection goes to, or any that means this machine to itself.
  private static boolean isOwnAddress(String host, Request request) {
    // As most callers write it, which spares the others' parsing.
    return host.equals(localOf(request).getHostAddress()) || isOtherSpelling(host, request);
  }

  private static boolean isOtherSpelling(String host, Request request) {
    return AddressBlock.parse(host)
        .map(AddressBlock::first)
        .filter(address -> address.isLoopbackAddress() || address.equals(localOf(request)))
        .isPresent();
  }

  private static InetAddress localOf(Request request) {
    return request.getConnectionMetaData().getLocalSocketAddress()
            instanceof InetSocketAddress local
        ? local.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /// In lower case, an IPv6 address without its brackets.
  private static String normal(String host) {
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    return (isBracketed ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT);
  }
}
