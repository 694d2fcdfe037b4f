package org.privateshare.share;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.privateshare.model.Refusal;

/// Purges the history of a share of what was kept for long enough: at once, and then once a day, on
/// a virtual thread of its own. A purge that fails is told and tried again the next day.
public final class HistoryKeeper implements Closeable {
  /// Hears what became of each purge, on the keeper's thread.
  public interface Ear {
    /// So many old versions are gone for good.
    void purged(long versions);

    /// It broke off; what it had deleted is gone.
    void failed(Exception failure);
  }

  private final Share share;
  private final Duration age;
  private final Duration pause;
  private final Ear ear;
  private final CountDownLatch over = new CountDownLatch(1);

  private HistoryKeeper(Share share, Duration age, Duration pause, Ear ear) {
    this.share = share;
    this.age = age;
    this.pause = pause;
    this.ear = ear;
  }

  /// Begins to keep old versions for `age` and no longer. A read-only share is left as it is.
  public static HistoryKeeper start(Share share, Duration age, Ear ear) {
    return start(share, age, Duration.ofDays(1), ear);
  }

  static HistoryKeeper start(Share share, Duration age, Duration pause, Ear ear) {
    HistoryKeeper keeper = new HistoryKeeper(share, age, pause, ear);
    if (!share.limits().readOnly()) {
      Thread.ofVirtual().name("history-keeper").start(keeper::run);
    }
    return keeper;
  }

  private void run() {
    try {
      do {
        purge();
      } while (!over.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void purge() {
    try {
      ear.purged(share.purge(Instant.now().minus(age)));
    } catch (Refusal | IOException e) {
      // One that the end of the share cut short did not fail.
      if (over.getCount() > 0) {
        ear.failed(e);
      }
    }
  }

  /// Lets no further purge begin; one that is under way ends with the store. Idempotent.
  @Override
  public void close() {
    over.countDown();
  }
}
