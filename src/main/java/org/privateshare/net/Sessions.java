package org.privateshare.net;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The connections and requests that are served now, so that a stop can wait for them and break
/// them. Thread-safe.
final class Sessions {
  /// By what is served, how it is broken.
  private final Map<Object, Runnable> running = new HashMap<>();

  private boolean closed;

  /// Counts a connection or request in; false once the listener is stopping.
  ///
  /// @param reset breaks it
  synchronized boolean enter(Object session, Runnable reset) {
    return !closed && running.putIfAbsent(session, reset) == null;
  }

  synchronized void leave(Object session) {
    running.remove(session);
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
    running.values().forEach(Runnable::run);
  }
}
