package org.privateshare.net;

import java.net.SocketTimeoutException;
import java.time.Duration;

/// One direction of an exchange: watches the [Pace] of the peer while we wait for it, and only
/// then. Thread-safe.
final class Lane {
  /// What counts of the time since it was asked last. Who didn't ask for an hour (a stopped
  /// process, a suspended machine) knows nothing of the peer; and where a busy machine always asks
  /// late, the peer's time is up later, but it is.
  private static final long MOST_NANOS = Duration.ofSeconds(2).toNanos();

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

  /// The peer is busy in the other direction: many take nothing before they have sent all.
  synchronized void alive(long bytes) {
    if (bytes > 0) {
      pace.moved(bytes);
    }
  }

  /// Whether we wait for the peer.
  synchronized boolean isWaiting() {
    return waiting;
  }

  /// Whether the peer's time is up; asked every second or so.
  synchronized boolean isOverdue(long now) {
    return waiting && !count(Math.max(now, since));
  }

  private boolean count(long now) {
    long waited = Math.min(now - since, MOST_NANOS);
    since = now;
    try {
      pace.waited(waited, waited);
      return true;
    } catch (SocketTimeoutException tooSlow) {
      return false;
    }
  }
}
