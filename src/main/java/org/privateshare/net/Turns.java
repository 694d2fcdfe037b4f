package org.privateshare.net;

/// Whose turn it is on a connection that speaks HTTP, so that a peer that keeps us waiting before
/// or between requests is noticed. Thread-safe; knows no protocol but the difference that in HTTP/2
/// bytes needn't belong to a request.
final class Turns {
  private Phase phase = Phase.UNWATCHED;
  private long since;
  private int running;
  private boolean multiplexed;

  private enum Phase {
    /// Not HTTP, or not known to be.
    UNWATCHED,
    /// The peer is in its handshake or in the head of a request.
    HEAD,
    /// At least one request is being served: what it may cost is for the [Exchange].
    SERVED,
    /// Nothing has come since the last request.
    IDLE
  }

  /// The handshake or the first head begins now.
  synchronized void restart() {
    if (running > 0) {
      return;
    }
    phase = Phase.HEAD;
    since = System.nanoTime();
  }

  /// Bytes have come.
  synchronized void input() {
    if (phase == Phase.IDLE && !multiplexed) {
      restart();
    }
  }

  /// A request has come whole.
  synchronized void begin(boolean ofMany) {
    running++;
    multiplexed = ofMany;
    phase = Phase.SERVED;
  }

  /// A request has been answered.
  synchronized void end() {
    running--;
    if (running == 0) {
      phase = Phase.IDLE;
      since = System.nanoTime();
    }
  }

  synchronized boolean isServing() {
    return phase == Phase.SERVED;
  }

  /// Whether the peer has kept us waiting for too long at this time.
  synchronized boolean isOverdue(Deadlines deadlines, long now) {
    return switch (phase) {
      case UNWATCHED, SERVED -> false;
      case HEAD -> now - since >= deadlines.firstByte().toNanos();
      case IDLE -> now - since >= deadlines.progress().toNanos();
    };
  }
}
