package org.privateshare.cli;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.privateshare.access.StateFolder;
import org.privateshare.share.Limits;

/// Everything that was asked of `serve`, checked: whatever can be wrong about it now is the
/// machine's doing.
///
/// @param folder the folder that becomes the share
/// @param port where to listen; 0 for any free port
/// @param addresses the addresses to listen on; empty for all
/// @param reach who may use the classic protocol
/// @param limits what the share takes
/// @param idleExit how long without a connection ends the server; empty for never
/// @param drain how long running transfers may go on after the signal to stop
/// @param http how HTTP is spoken
/// @param keepHistory how long what was replaced or removed can be had back
/// @param state where the keys and the identity are kept
/// @param log what the log shall be like
record ServePlan(
    Path folder,
    int port,
    List<InetAddress> addresses,
    Reach reach,
    Limits limits,
    Optional<Duration> idleExit,
    Duration drain,
    HttpPlan http,
    Duration keepHistory,
    StateFolder state,
    LogPlan log) {
  /// How long the history lasts unless said otherwise.
  static final Duration HISTORY = Duration.ofDays(30);

  ServePlan {
    addresses = List.copyOf(addresses);
  }
}
