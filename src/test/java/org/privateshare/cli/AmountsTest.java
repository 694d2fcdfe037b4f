package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048575, 1.0 MiB",
    "3221225472, 3.0 GiB",
    "9223372036854775807, 8.0 EiB",
  })
  void sizesAreForTheEye(long bytes, String text) {
    assertThat(Amounts.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.00 s",
    "42, 0.04 s",
    "994, 0.99 s",
    "996, 1.0 s",
    "4230, 4.2 s",
    "59960, 1 min 00 s",
    "185000, 3 min 05 s",
    "7380000, 2 h 03 min",
  })
  void timesAreForTheEye(long millis, String text) {
    assertThat(Amounts.time(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void ratesArePerSecond() {
    assertThat(Amounts.rate(3 << 20, Duration.ofSeconds(2))).isEqualTo("1.5 MiB/s");
    assertThat(Amounts.rate(500, Duration.ofSeconds(1))).isEqualTo("500 B/s");
  }

  @Test
  void aTimeTooShortToMeasureStillHasARate() {
    assertThat(Amounts.rate(1 << 20, Duration.ZERO)).isEqualTo("1000.0 MiB/s");
  }
}
