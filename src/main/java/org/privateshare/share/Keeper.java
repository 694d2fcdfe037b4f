package org.privateshare.share;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.privateshare.model.Refusal;

/// Purges a share of what was kept for long enough: at once, and then from time to time, on a
/// virtual thread of its own. A purge that fails is told and tried again the next time.
public final class Keeper implements Closeable {
  /// Hears what became of each purge, on the keeper's thread.
  public interface Ear {
    /// So many are gone for good.
    void purged(long count);

    /// It broke off; what it had deleted is gone.
    void failed(Exception failure);
  }

  private interface Purge {
    long run() throws Refusal, IOException;
  }

  private final Purge purge;
  private final Duration pause;
  private final Ear ear;
  private final CountDownLatch over = new CountDownLatch(1);

  private Keeper(Purge purge, Duration pause, Ear ear) {
    this.purge = purge;
    this.pause = pause;
    this.ear = ear;
  }

  /// Begins to keep old versions for `age` and no longer, looking once a day. A read-only share is
  /// left as it is.
  public static Keeper ofHistory(Share share, Duration age, Ear ear) {
    return ofHistory(share, age, Duration.ofDays(1), ear);
  }

  static Keeper ofHistory(Share share, Duration age, Duration pause, Ear ear) {
    Purge purge = () -> share.purge(Instant.now().minus(age));
    return new Keeper(purge, pause, ear).started("history-keeper", share);
  }

  /// Begins to drop unfinished uploads when they expire, looking once an hour. A read-only share is
  /// left as it is.
  public static Keeper ofUploads(Share share, Ear ear) {
    Purge purge = () -> share.uploads().purge(Instant.now());
    return new Keeper(purge, Duration.ofHours(1), ear).started("upload-keeper", share);
  }

  private Keeper started(String name, Share share) {
    if (!share.limits().readOnly()) {
      Thread.ofVirtual().name(name).start(this::run);
    }
    return this;
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
      ear.purged(purge.run());
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
