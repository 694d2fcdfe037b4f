package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SameTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:00:00.123456789Z, 2026-11-22T10:00:00.123456789Z, true",
    "2026-11-22T10:00:00.123456789Z, 2026-11-22T10:00:00.123456788Z, false",
    "2026-11-22T10:00:00.123456789Z, 2026-11-22T10:00:00.123456700Z, true",
    "2026-11-22T10:00:00.123456789Z, 2026-11-22T10:00:00.123456Z, true",
    "2026-11-22T10:00:00.123456789Z, 2026-11-22T10:00:00.123Z, true",
    "2026-11-22T10:00:00.123456789Z, 2026-11-22T10:00:00Z, true",
    "2026-11-22T10:00:00.999999999Z, 2026-11-22T10:00:01Z, false",
    "2026-11-22T10:00:00.123Z, 2026-11-22T10:00:00.124Z, false",
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59Z, true",
  })
  void timesAreComparedAsFarAsTheCoarserIsExact(Instant one, Instant other, boolean same) {
    assertThat(SameTime.same(one, other)).isEqualTo(same);
    assertThat(SameTime.same(other, one)).isEqualTo(same);
  }
}
