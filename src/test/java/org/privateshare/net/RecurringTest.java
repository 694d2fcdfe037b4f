package org.privateshare.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.Test;

final class RecurringTest {
  @Test
  void whateverItsTaskThrowsItGoesOn() throws Exception {
    Iterator<Throwable> failures =
        List.of(new IllegalStateException("a bug"), new StackOverflowError()).iterator();
    CountDownLatch wentOn = new CountDownLatch(1);
    ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
    scheduler.start();
    Recurring recurring =
        new Recurring(
            scheduler,
            Duration.ofMillis(1),
            () -> {
              if (failures.hasNext()) {
                fail(failures.next());
              }
              wentOn.countDown();
            });
    recurring.start();
    try {
      assertThat(wentOn.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      recurring.stop();
      scheduler.stop();
    }
  }

  private static void fail(Throwable failure) {
    switch (failure) {
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      default -> throw new IllegalArgumentException(failure);
    }
  }
}
