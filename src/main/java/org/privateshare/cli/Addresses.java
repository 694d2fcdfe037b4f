package org.privateshare.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Where a listening server can be reached, as people can type it.
final class Addresses {
  private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

  private Addresses() {}

  /// The addresses, this machine's own loopback first, then IPv4 before IPv6. A wildcard stands for
  /// the addresses of all interfaces, save link-local ones, which mean nothing elsewhere.
  static List<InetAddress> of(List<InetSocketAddress> listening) throws SocketException {
    List<InetAddress> found = new ArrayList<>();
    for (InetSocketAddress address : listening) {
      if (address.getAddress().isAnyLocalAddress()) {
        found.addAll(ofThisMachine());
      } else {
        found.add(address.getAddress());
      }
    }
    return found.stream().distinct().sorted(order()).toList();
  }

  private static Comparator<InetAddress> order() {
    return Comparator.comparing((InetAddress address) -> !address.isLoopbackAddress())
        .thenComparingInt(address -> address.getAddress().length);
  }

  private static List<InetAddress> ofThisMachine() throws SocketException {
    List<InetAddress> found = new ArrayList<>();
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (network.isUp()) {
        Collections.list(network.getInetAddresses()).stream()
            .filter(address -> !address.isLinkLocalAddress())
            .forEach(found::add);
      }
    }
    return found;
  }

  /// What stands for the address in `HOST[:PORT]`.
  static String host(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return "localhost";
    }
    String text = bare(address);
    return text.contains(":") ? "[" + text + "]" : text;
  }

  /// The address itself, without brackets; the longest run of zeros of IPv6 as `::` (RFC 5952).
  static String bare(InetAddress address) {
    // A global address needs no zone, though Java writes one.
    String text = address.getHostAddress().replaceFirst("%.*", "");
    if (!text.contains(":")) {
      return text;
    }
    return ZEROS
        .matcher(text)
        .results()
        .max(
            Comparator.comparingInt((MatchResult run) -> run.group().length())
                .thenComparing(MatchResult::start, Comparator.reverseOrder()))
        .map(run -> text.substring(0, run.start()) + "::" + text.substring(run.end()))
        .orElse(text);
  }
}
