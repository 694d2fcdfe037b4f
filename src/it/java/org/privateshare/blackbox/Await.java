package org.privateshare.blackbox;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for a condition, never for the clock: looks every 2 ms until a deadline.
final class Await {
  /// Looks at the world; may fail as files and processes do.
  interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  /// Returns once `condition` holds, or fails the test with `what` when it doesn't in a minute,
  /// which is much for a process and little for a disk that others keep busy.
  static void until(String what, Condition condition) {
    until(what, Duration.ofMinutes(1), condition);
  }

  /// Returns once `condition` holds, or fails the test with `what` when it doesn't in time.
  static void until(String what, Duration limit, Condition condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!holds(what, condition)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static boolean holds(String what, Condition condition) {
    try {
      return condition.holds();
    } catch (Exception e) {
      throw new AssertionError("while waiting: " + what, e);
    }
  }
}
