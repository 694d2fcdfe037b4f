package org.privateshare.client.http;

import java.time.Duration;

/// How long the client waits before it gives up. Everything it does on a connection has a limit.
///
/// @param connect for one address of the host; the next one is tried then
/// @param handshake for the whole TLS handshake
/// @param idle for the next byte to come, or the next byte of ours to be taken; also for a whole
///   response head once it has begun
/// @param confirm for the answer to a request whose body the server has taken: it may have much to
///   bring to disk
public record Deadlines(Duration connect, Duration handshake, Duration idle, Duration confirm) {
  /// What suits people in front of a terminal.
  public static final Deadlines USUAL =
      new Deadlines(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5));

  /// Checks that every limit is one.
  public Deadlines {
    requirePositive(connect);
    requirePositive(handshake);
    requirePositive(idle);
    requirePositive(confirm);
  }

  private static void requirePositive(Duration limit) {
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("not a limit: " + limit);
    }
  }
}
