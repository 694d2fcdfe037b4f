package org.privateshare.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;

final class SpaceLedgerTest {
  private final AtomicLong free = new AtomicLong(100);
  private final SpaceLedger ledger = new SpaceLedger(free::get, 10);

  @Test
  void theFloorIsNeverGivenAway() throws Exception {
    assertThat(ledger.available()).isEqualTo(90);
    try (SpaceLedger.Account account = ledger.open()) {
      assertThatThrownBy(() -> account.cover(91)).isInstanceOf(Refusal.NoSpace.class);
      account.cover(90);
      assertThat(ledger.available()).isZero();
    }
  }

  @Test
  void uploadsThatEachFitButNotTogetherAreNotAllTaken() throws Exception {
    try (SpaceLedger.Account one = ledger.open();
        SpaceLedger.Account two = ledger.open()) {
      one.cover(60);
      assertThatThrownBy(() -> two.cover(31)).isInstanceOf(Refusal.NoSpace.class);
      two.cover(30);
    }
    assertThat(ledger.available()).isEqualTo(90);
  }

  @Test
  void whatIsWrittenTheMediumCountsItself() throws Exception {
    try (SpaceLedger.Account account = ledger.open()) {
      account.cover(60);
      account.spent(40);
      free.addAndGet(-40);
      assertThat(ledger.available()).isEqualTo(30);
    }
    assertThat(ledger.available()).isEqualTo(50);
  }

  @Test
  void closingTwiceGivesBackOnce() throws Exception {
    SpaceLedger.Account account = ledger.open();
    account.cover(60);
    account.close();
    account.close();
    assertThat(ledger.available()).isEqualTo(90);
  }

  @Test
  void aMediumBelowItsFloorHasNothingToGive() throws Exception {
    free.set(3);
    assertThat(ledger.available()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void afterAnySequenceOfUploadsNothingStaysReserved(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      free.set(random.nextLong(1_000));
      try (SpaceLedger.Account account = ledger.open()) {
        long covered = 0;
        for (int i = random.nextInt(5); i > 0; i--) {
          long want = covered + random.nextLong(300);
          try {
            account.cover(want);
            long spent = random.nextLong(want - covered + 1);
            account.spent(spent);
            covered = want;
          } catch (Refusal.NoSpace tight) {
            assertThat(account.covers(covered)).as("seed %d", seed).isTrue();
          }
        }
      }
      free.set(100);
      assertThat(ledger.available()).as("seed %d round %d", seed, round).isEqualTo(90);
    }
  }
}
