package org.privateshare.client;

import java.time.Duration;

/// Keeps a transfer from being faster than it shall be. One thread.
final class Pace {
  private static final double SECOND = 1e9;

  private final long bytesPerSecond;
  private final Patience.Clock clock;
  private long next;
  private boolean begun;

  Pace(long bytesPerSecond, Patience.Clock clock) {
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
  }

  /// Waits until bytes that have moved just now would have come at the pace. Time that was lost is
  /// not made up for.
  void moved(long bytes) {
    long now = clock.nanos().getAsLong();
    if (!begun || next - now < 0) {
      begun = true;
      next = now;
    }
    next += (long) (bytes * SECOND / bytesPerSecond);
    try {
      clock.sleep().sleep(Duration.ofNanos(next - now));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
