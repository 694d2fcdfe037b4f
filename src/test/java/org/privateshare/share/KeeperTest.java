package org.privateshare.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.SharePath;
import org.privateshare.store.FaultyStore;
import org.privateshare.store.MemoryStore;

/// When a share is purged, and what is heard of it.
@Timeout(60)
final class KeeperTest {
  private static final Limits LIMITS = new Limits(100, 0, false);

  private final MemoryStore store = new MemoryStore();
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private final Keeper.Ear ear =
      new Keeper.Ear() {
        @Override
        public void purged(long versions) {
          heard.add(versions);
        }

        @Override
        public void failed(Exception failure) {
          heard.add(String.valueOf(failure.getMessage()));
        }
      };

  @BeforeEach
  void removeAFile() throws Exception {
    store.put("a", new byte[1]);
    store.remove(SharePath.parse("a"), Existence.ANY);
  }

  @Test
  void whatIsOldEnoughGoesAtOnce() throws Exception {
    try (Keeper _ = Keeper.ofHistory(new Share(store, LIMITS), Duration.ofSeconds(-1), ear)) {
      assertThat(heard.take()).isEqualTo(1L);
    }
  }

  @Test
  void whatIsNotOldEnoughStays() throws Exception {
    try (Keeper _ = Keeper.ofHistory(new Share(store, LIMITS), Duration.ofDays(30), ear)) {
      assertThat(heard.take()).isEqualTo(0L);
    }
    assertThat(store.history().list(SharePath.ROOT).next()).isPresent();
  }

  @Test
  void aFailureIsToldAndTheNextTurnTriesAgain() throws Exception {
    FaultyStore faulty = new FaultyStore(store, 1, FaultyStore.Effect.NONE);
    try (Keeper _ =
        Keeper.ofHistory(
            new Share(faulty, LIMITS), Duration.ofSeconds(-1), Duration.ofMillis(1), ear)) {
      assertThat(heard.take()).isEqualTo("injected before the call");
      assertThat(heard.take()).isEqualTo(1L);
      assertThat(heard.take()).isEqualTo(0L);
    }
  }

  @Test
  void aReadOnlyShareIsLeftAsItIs() throws Exception {
    Share shut = new Share(store, new Limits(100, 0, true));
    Keeper.ofHistory(shut, Duration.ofSeconds(-1), ear).close();
    assertThat(store.history().list(SharePath.ROOT).next()).isPresent();
  }
}
