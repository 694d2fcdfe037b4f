package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateshare.model.Refusal;

final class PatienceTest {
  private final List<Duration> pauses = new ArrayList<>();
  private long now = 1_000;
  private long moved;
  private boolean goesOn;

  private final Patience.Witness witness =
      new Patience.Witness() {
        @Override
        public long moved() {
          return moved;
        }

        @Override
        public boolean goesOn() {
          return goesOn;
        }

        @Override
        public void waiting(Duration pause, Exception cause) {
          pauses.add(pause);
        }
      };

  @Test
  void thePausesGrowAndEndWithTheLimit() {
    assertThatThrownBy(() -> patience(60).until(witness, failing(new EOFException())))
        .isInstanceOf(EOFException.class);
    assertThat(pauses)
        .startsWith(
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofMillis(800),
            Duration.ofMillis(1_600),
            Duration.ofMillis(3_200),
            Duration.ofMillis(6_400),
            Duration.ofMillis(7_500),
            Duration.ofMillis(7_500));
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void theLimitCountsFromTheLastByteThatMoved() throws Exception {
    int[] attempts = {0};
    String result =
        patience(10)
            .until(
                witness,
                () -> {
                  if (++attempts[0] == 240) {
                    return "there";
                  }
                  moved++;
                  throw new EOFException();
                });
    assertThat(result).isEqualTo("there");
    assertThat(pauses).containsOnly(Duration.ofMillis(50));
  }

  @Test
  void withoutALimitNothingIsTriedTwice() {
    assertThatThrownBy(() -> patience(0).until(witness, failing(new EOFException())))
        .isInstanceOf(EOFException.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aServerSaysWhenToComeAgain() {
    assertThatThrownBy(
            () ->
                patience(9)
                    .until(
                        witness,
                        () -> {
                          throw new Refusal.Unavailable("busy", Duration.ofSeconds(3));
                        }))
        .isInstanceOf(Refusal.Unavailable.class);
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(3));
  }

  static List<Exception> finalOnes() {
    return List.of(
        new Refusal.Denied("no"),
        new Refusal.NoSpace("full"),
        new Refusal.Unavailable("nobody knows until when"),
        new NoSuchFileException("a"),
        new ServerFault("500"),
        new ConnectException("refused"),
        new UnknownHostException("nsa"));
  }

  @ParameterizedTest
  @MethodSource("finalOnes")
  void aNoOrAFaultOrAServerThatWasNeverThereIsFinal(Exception failure) {
    assertThatThrownBy(() -> patience(60).until(witness, failing(failure))).isSameAs(failure);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aServerThatWasThereIsWaitedFor() throws Exception {
    Patience patience = patience(60);
    String first = patience.until(witness, () -> "answered");
    assertThat(first).isEqualTo("answered");
    assertThatThrownBy(() -> patience.until(witness, failing(new ConnectException())))
        .isInstanceOf(ConnectException.class);
    assertThat(pauses).isNotEmpty();
  }

  @Test
  void soIsOneWhereSomethingWasBegun() {
    goesOn = true;
    assertThatThrownBy(() -> patience(60).until(witness, failing(new ConnectException())))
        .isInstanceOf(ConnectException.class);
    assertThat(pauses).isNotEmpty();
  }

  private Patience patience(int seconds) {
    return new Patience(
        Duration.ofSeconds(seconds),
        new Patience.Clock(() -> now, time -> now += time.toNanos(), new Lowest()));
  }

  private static Patience.Attempt<String> failing(Exception failure) {
    return () -> {
      switch (failure) {
        case Refusal refusal -> throw refusal;
        case IOException e -> throw e;
        default -> throw new AssertionError(failure);
      }
    };
  }

  /// Chance that always says zero.
  private static final class Lowest implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }
  }
}
