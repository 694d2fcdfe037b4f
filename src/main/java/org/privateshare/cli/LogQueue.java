package org.privateshare.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.AtomicLong;

/// Takes the lines of all threads at once and has them written by a thread of its own: a medium
/// that is slow, full or gone never holds up a transfer. What finds the queue full is counted and
/// lost.
final class LogQueue extends AsyncAppender {
  /// The writer takes as many once more out of the queue at a time.
  static final int LINES = 1_024;

  private static final int FLUSH_MILLIS = 2_000;

  private final AtomicLong lost;

  /// @param lost where to count
  LogQueue(AtomicLong lost) {
    this.lost = lost;
    setQueueSize(LINES);
    setDiscardingThreshold(0);
    setNeverBlock(true);
    setMaxFlushTime(FLUSH_MILLIS);
  }

  /// What an event says is put together here, before it can change, but for a visit: that can't,
  /// and is written in a form of its own.
  @Override
  protected void preprocess(ILoggingEvent event) {
    if (LoggedVisit.in(event).isEmpty()) {
      super.preprocess(event);
    }
  }

  /// One at a time, so that room that was seen is still there.
  @Override
  protected synchronized void append(ILoggingEvent event) {
    if (getRemainingCapacity() == 0) {
      var _ = lost.incrementAndGet();
    } else {
      super.append(event);
    }
  }
}
