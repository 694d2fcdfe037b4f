package org.privateshare.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JDK reads the same moments, and no others, and prints them the same.
final class MomentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00.1Z",
        "2026-11-22T10:00:00.123Z",
        "2026-11-22T10:00:00.123456Z",
        "2026-11-22T10:00:00.123456789Z",
        "2024-02-29T23:59:59.999999999Z",
        "1969-12-31T23:59:59.000000001Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2026-11-22T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2026-11-22t10:00:00z",
        "2026-11-22T10:00:00+01:00"
      })
  void whatIsAMomentIsTheSame(String text) {
    assertThat(Moment.parse(text)).isEqualTo(Instant.parse(text));
    assertThat(Moment.print(Instant.parse(text))).isEqualTo(Instant.parse(text).toString());
  }

  @Test
  void anyMomentIsPrintedTheSame() {
    var random = new Random(1);
    long first = Instant.parse("-0001-01-01T00:00:00Z").getEpochSecond();
    long behind = Instant.parse("+10001-01-01T00:00:00Z").getEpochSecond();
    for (int i = 0; i < 20_000; i++) {
      int nanos = random.nextInt(1_000_000_000);
      int coarse = List.of(1, 10, 1_000, 1_000_000, 1_000_000_000).get(i % 5);
      Instant time = Instant.ofEpochSecond(random.nextLong(first, behind), nanos - nanos % coarse);
      assertThat(Moment.print(time)).isEqualTo(time.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-22",
        "2026-11-22T10:00:00",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-11-22T25:00:00Z",
        "2026-11-22T10:60:00Z",
        "2026-11-22T10:00:61Z",
        "2026-11-22T10:00:00.1234567890Z",
        "2026-11-22T10:00:00,1Z",
        "2026-11-22 10:00:00Z",
        "٢٠26-11-22T10:00:00Z"
      })
  void whatIsNoneIsRefused(String text) {
    assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> Instant.parse(text));
    assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> Moment.parse(text));
  }
}
