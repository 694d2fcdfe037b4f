package org.privateshare.net;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A task that is done again and again until this is stopped, each time a period after it ended.
///
/// Whatever it throws ends that one time only: a watch that a single bug could end would leave the
/// door open from then on.
final class Recurring extends AbstractLifeCycle implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);

  private final Scheduler scheduler;
  private final Duration period;
  private final Runnable task;

  Recurring(Scheduler scheduler, Duration period, Runnable task) {
    this.scheduler = scheduler;
    this.period = period;
    this.task = task;
  }

  @Override
  protected void doStart() {
    schedule();
  }

  private void schedule() {
    var _ = scheduler.schedule(this, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    try {
      task.run();
    } catch (RuntimeException bug) {
      LOG.error("what is done every {} ms failed by a bug", period.toMillis(), bug);
    } finally {
      if (isStarted() || isStarting()) {
        schedule();
      }
    }
  }
}
