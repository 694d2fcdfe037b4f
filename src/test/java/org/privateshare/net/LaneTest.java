package org.privateshare.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LaneTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Lane lane =
      new Lane(new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(60), 1024));

  private int looksUntilOverdue(long apart) {
    lane.await();
    long start = System.nanoTime();
    int looks = 1;
    while (looks < 1_000 && !lane.isOverdue(start + looks * apart)) {
      looks++;
    }
    return looks;
  }

  @Test
  void aPeerThatIsLookedAtEverySecondHasItsWindow() {
    assertThat(looksUntilOverdue(SECOND)).isBetween(59, 61);
  }

  @Test
  void aPeerThatIsAlwaysLookedAtLateIsOverdueAtLast() {
    assertThat(looksUntilOverdue(10 * SECOND)).isEqualTo(30);
  }

  @Test
  void anHourThatNobodyLookedIsNotHeldAgainstThePeer() {
    lane.await();
    assertThat(lane.isOverdue(System.nanoTime() + 3_600 * SECOND)).isFalse();
  }

  @Test
  void nobodyIsLateWhileWeDoNotWait() {
    assertThat(lane.isOverdue(System.nanoTime() + 3_600 * SECOND)).isFalse();
    lane.await();
    lane.arrived(1);
    assertThat(lane.isWaiting()).isFalse();
    for (long look = 1; look < 100; look++) {
      assertThat(lane.isOverdue(System.nanoTime() + look * SECOND)).isFalse();
    }
  }
}
