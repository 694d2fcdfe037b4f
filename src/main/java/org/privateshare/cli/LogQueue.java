package org.privateshare.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Takes the lines of all threads at once and has them written by a thread of its own: a medium
/// that is slow, full or gone never holds up a transfer. What finds the queue full is counted and
/// lost.
///
/// After it has written, the thread lets lines gather for some milliseconds: to wake it for each
/// costs a busy server more than to write them. A line of a quiet one is written at once.
final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {
  /// The writer takes as many once more out of the queue at a time.
  static final int LINES = 1_024;

  private static final Duration GATHERING = Duration.ofMillis(5);
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private final Appender<ILoggingEvent> end;
  private final AtomicLong lost;
  private List<ILoggingEvent> waiting = new ArrayList<>();

  /// Whether the writer has to be woken.
  private boolean idle;

  private @Nullable Thread writer;

  /// @param end writes the lines; stopped along with this
  /// @param lost where to count
  LogQueue(Appender<ILoggingEvent> end, AtomicLong lost) {
    this.end = end;
    this.lost = lost;
  }

  @Override
  public synchronized void start() {
    super.start();
    writer = Thread.ofPlatform().daemon().name("log").start(this::writeAll);
  }

  /// What an event says is put together here, before it can change, but for a visit: that can't,
  /// and is written in a form of its own.
  @Override
  protected void append(ILoggingEvent event) {
    if (LoggedVisit.in(event).isEmpty()) {
      event.prepareForDeferredProcessing();
    }
    enqueue(event);
  }

  private synchronized void enqueue(ILoggingEvent event) {
    if (waiting.size() == LINES) {
      var _ = lost.incrementAndGet();
      return;
    }
    var _ = waiting.add(event);
    if (idle) {
      idle = false;
      notifyAll();
    }
  }

  private void writeAll() {
    try {
      for (List<ILoggingEvent> some = take(); !some.isEmpty(); some = take()) {
        some.forEach(end::doAppend);
        gather();
      }
    } catch (InterruptedException nobodyDoes) {
      addError("the log's thread was interrupted", nobodyDoes);
    }
    end.stop();
  }

  /// Waits for the next events; none where there won't be any.
  private synchronized List<ILoggingEvent> take() throws InterruptedException {
    while (waiting.isEmpty() && isStarted()) {
      idle = true;
      wait();
    }
    idle = false;
    List<ILoggingEvent> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private synchronized void gather() throws InterruptedException {
    long end = System.nanoTime() + GATHERING.toNanos();
    long left = GATHERING.toNanos();
    while (isStarted() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }

  /// Writes what is still waiting, for a few seconds at most.
  @Override
  public void stop() {
    Thread last;
    synchronized (this) {
      super.stop();
      notifyAll();
      last = writer;
    }
    boolean interrupted = Thread.interrupted();
    try {
      if (last != null) {
        boolean _ = last.join(LONGEST_END);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
