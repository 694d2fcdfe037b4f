package org.privateshare.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a [Listener] listens.
///
/// @param addresses the local addresses to listen on; empty for all, IPv4 and IPv6
/// @param port the port, the same on every address; 0 for any free one
/// @param connections the most connections that are served at one time; idle ones count half, and
///   more than that wait in the system's queue
/// @param perPeer the most connections of one other machine (IPv6: one /64) at one time; more are
///   closed at once. Loopback callers aren't counted
/// @param deadlines how long a peer may keep us waiting
/// @param drain how long a stop lets running transfers go on
public record ListenerOptions(
    List<InetAddress> addresses,
    int port,
    int connections,
    int perPeer,
    Deadlines deadlines,
    Duration drain) {
  /// Descriptors kept for files, logs and the machine itself.
  private static final long SPARE_DESCRIPTORS = 256;

  /// Where the system doesn't tell: what Java itself asks for on macOS.
  private static final long USUAL_DESCRIPTORS = 10_240;

  /// Copies the addresses and checks the ranges.
  public ListenerOptions {
    addresses = List.copyOf(addresses);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
    if (connections < 1 || perPeer < 1 || drain.isNegative()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /// All addresses, as many connections as the process's descriptors allow, half of them at most
  /// for one peer, the default deadlines, 30 s to drain.
  public static ListenerOptions onPort(int port) {
    int connections = connectionsFor(descriptorLimit());
    return new ListenerOptions(
        List.of(),
        port,
        connections,
        Math.max(1, connections / 2),
        Deadlines.DEFAULT,
        Duration.ofSeconds(30));
  }

  /// These options with other addresses.
  public ListenerOptions withAddresses(List<InetAddress> others) {
    return new ListenerOptions(others, port, connections, perPeer, deadlines, drain);
  }

  /// These options with other limits of connections.
  public ListenerOptions withConnections(int inAll, int ofOnePeer) {
    return new ListenerOptions(addresses, port, inAll, ofOnePeer, deadlines, drain);
  }

  /// These options with other deadlines.
  public ListenerOptions withDeadlines(Deadlines others) {
    return new ListenerOptions(addresses, port, connections, perPeer, others, drain);
  }

  /// These options with another time to drain.
  public ListenerOptions withDrain(Duration other) {
    return new ListenerOptions(addresses, port, connections, perPeer, deadlines, other);
  }

  /// Half of what is left after the spare ones, since a transfer needs a file too; under a limit so
  /// low that nothing would be left, a quarter of it.
  static int connectionsFor(long descriptors) {
    long fit = Math.max((descriptors - SPARE_DESCRIPTORS) / 2, descriptors / 4);
    return Math.clamp(fit, 1, 1_000_000);
  }

  private static long descriptorLimit() {
    try {
      return descriptorLimitIn(Files.readString(Path.of("/proc/self/limits"), US_ASCII));
    } catch (IOException notLinux) {
      return USUAL_DESCRIPTORS;
    }
  }

  /// The soft limit in the kernel's table, `Max open files 1024 4096 files`.
  static long descriptorLimitIn(String limits) {
    Matcher row = Pattern.compile("(?m)^Max open files +(\\d+)").matcher(limits);
    return row.find() ? Long.parseLong(row.group(1)) : USUAL_DESCRIPTORS;
  }
}
