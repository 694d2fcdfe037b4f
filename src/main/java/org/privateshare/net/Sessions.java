package org.privateshare.net;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The connections that a protocol is serving now, so that a stop can wait for them and break them.
/// Thread-safe.
final class Sessions {
  private final Set<Wire> running = new HashSet<>();
  private boolean closed;

  /// Counts the wire in; false once the listener is stopping.
  synchronized boolean enter(Wire wire) {
    return !closed && running.add(wire);
  }

  synchronized void leave(Wire wire) {
    running.remove(wire);
    notifyAll();
  }

  /// Lets nobody in any more.
  synchronized void close() {
    closed = true;
  }

  synchronized int count() {
    return running.size();
  }

  /// Waits until none is left, `atMost` so long, and returns how many are.
  synchronized int awaitNone(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (!running.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    return running.size();
  }

  /// Resets all that are left; their threads end soon after.
  synchronized void resetAll() {
    running.forEach(Wire::reset);
  }
}
