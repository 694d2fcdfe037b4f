package org.privateshare.net;

import java.net.SocketTimeoutException;
import java.time.Duration;

/// Watches that a peer makes progress: at least so many bytes in every window of waiting, and never
/// a whole window without any.
///
/// Only time spent waiting for the peer is counted, so neither a slow disk nor a peer that comes in
/// bursts is punished, and a drip of a byte now and then fools nobody. For one thread; knows no
/// clock.
final class Pace {
  /// A wait that overran its plan by this much says that we ourselves didn't run (a stopped
  /// process, a suspended machine): it proves nothing about the peer.
  private static final long OVERRUN_NANOS = Duration.ofSeconds(2).toNanos();

  private final long windowNanos;
  private final long leastBytes;
  private long waited;
  private long stalled;
  private long moved;

  Pace(Duration window, long leastBytes) {
    this.windowNanos = window.toNanos();
    this.leastBytes = leastBytes;
  }

  /// How long the next wait may be, in nanoseconds; always positive.
  long patience() {
    return windowNanos - Math.max(waited, stalled);
  }

  /// Says that bytes went over the wire.
  void moved(long bytes) {
    moved += bytes;
    stalled = 0;
  }

  /// Says how long a wait was to be at most and how long it was, in nanoseconds.
  ///
  /// @throws SocketTimeoutException where the peer's time is up
  void waited(long planned, long actual) throws SocketTimeoutException {
    if (actual > planned + OVERRUN_NANOS) {
      return;
    }
    waited += actual;
    stalled += actual;
    if (stalled >= windowNanos) {
      throw new SocketTimeoutException("the peer has made no progress for too long");
    }
    if (waited >= windowNanos) {
      if (moved < leastBytes) {
        throw new SocketTimeoutException("the peer is too slow");
      }
      waited = 0;
      moved = 0;
    }
  }
}
