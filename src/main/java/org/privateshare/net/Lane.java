package org.privateshare.net;

import java.net.SocketTimeoutException;
import java.time.Duration;

/// One direction of an exchange: watches the [Pace] of the peer while we wait for it, and only
/// then. Thread-safe.
final class Lane {
  private final Pace pace;
  private boolean waiting;
  private long since;

  Lane(Deadlines deadlines) {
    this.pace = new Pace(deadlines.progress(), deadlines.bytesPerWindow());
  }

  /// From now on we wait for the peer.
  synchronized void await() {
    waiting = true;
    since = System.nanoTime();
  }

  /// The wait is over; so many bytes went over the wire.
  synchronized void arrived(long bytes) {
    if (waiting) {
      waiting = false;
      // Whether it is too slow is asked by the watch, which also knows how to end it.
      var _ = count(System.nanoTime());
    }
    if (bytes > 0) {
      pace.moved(bytes);
    }
  }

  /// Whether we wait for the peer.
  synchronized boolean isWaiting() {
    return waiting;
  }

  /// Whether the peer's time is up; asked every `period` or so.
  synchronized boolean isOverdue(long now, Duration period) {
    return waiting && !count(Math.max(now, since), period.toNanos());
  }

  private boolean count(long now) {
    return count(now, now - since);
  }

  private boolean count(long now, long planned) {
    long waited = now - since;
    since = now;
    try {
      pace.waited(planned, waited);
      return true;
    } catch (SocketTimeoutException tooSlow) {
      return false;
    }
  }
}
