package org.privateshare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.SocketTimeoutException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Pace pace = new Pace(Duration.ofSeconds(60), 60 * 1024);

  @Test
  void aWholeWindowWithoutAByteIsTooLong() {
    assertTimesOut(() -> wait(60));
  }

  @Test
  void aStallIsNoticedAfterOneWindowHoweverMuchCameBefore() throws Exception {
    pace.moved(1 << 30);
    wait(59);
    assertTimesOut(() -> wait(1));
  }

  @Test
  void aDripOfAByteNowAndThenFoolsNobody() throws Exception {
    drip(59);
    assertTimesOut(() -> wait(1));
  }

  private void drip(int seconds) throws Exception {
    for (int second = 0; second < seconds; second++) {
      wait(1);
      pace.moved(1);
    }
  }

  @Test
  void theLeastRateIsEnoughForEver() {
    assertThatNoException()
        .isThrownBy(
            () -> {
              for (int second = 0; second < 1_000; second++) {
                pace.moved(1024);
                wait(1);
              }
            });
  }

  @Test
  void whatWasTooMuchInOneWindowDoesNotCountInTheNext() throws Exception {
    pace.moved(1 << 30);
    wait(30);
    pace.moved(1);
    wait(30);
    pace.moved(1);
    drip(59);
    assertTimesOut(() -> wait(1));
  }

  @Test
  void aWaitThatOverranBecauseWeWereStoppedIsNotHeldAgainstThePeer() throws Exception {
    pace.waited(60 * SECOND, 120 * SECOND);
    assertThat(pace.patience()).isEqualTo(60 * SECOND);
  }

  @Test
  void patienceIsWhatIsLeftOfTheWindow() throws Exception {
    wait(20);
    assertThat(pace.patience()).isEqualTo(40 * SECOND);
    pace.moved(1);
    assertThat(pace.patience()).isEqualTo(40 * SECOND);
  }

  private void wait(int seconds) throws SocketTimeoutException {
    pace.waited(60 * SECOND, seconds * SECOND);
  }

  private static void assertTimesOut(ThrowingCallable wait) {
    assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(wait);
  }
}
