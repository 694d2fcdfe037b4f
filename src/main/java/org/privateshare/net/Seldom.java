package org.privateshare.net;

import java.util.concurrent.TimeUnit;

/// Says yes at most once a second: for log lines about what may happen thousands of times. The
/// caller makes it safe for threads.
final class Seldom {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long last = System.nanoTime() - PAUSE_NANOS;

  boolean isDue() {
    long now = System.nanoTime();
    if (now - last < PAUSE_NANOS) {
      return false;
    }
    last = now;
    return true;
  }
}
