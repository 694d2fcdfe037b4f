package org.privateshare.client.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

/// A moment after which waiting is over.
///
/// @param nanos the moment on the clock of `System.nanoTime`
/// @param limit the time that there was, for the message
record Deadline(long nanos, Duration limit) {
  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos(), limit);
  }

  /// The time left in whole milliseconds, at least 1.
  ///
  /// @throws SocketTimeoutException where there is none left; `waitingFor` goes into its message
  long millisLeft(String waitingFor) throws SocketTimeoutException {
    check(waitingFor);
    return Math.max(1, (nanos - System.nanoTime()) / 1_000_000);
  }

  /// Fails where no time is left; `waitingFor` goes into the message.
  void check(String waitingFor) throws SocketTimeoutException {
    if (nanos - System.nanoTime() <= 0) {
      throw new SocketTimeoutException(
          "gave up after " + limit.toMillis() / 1000.0 + " s: " + waitingFor);
    }
  }
}
