package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JDK reads the same moments, and no others.
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
