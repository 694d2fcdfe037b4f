package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4096, 4096",
    "1KiB, 1024",
    "256MiB, 268435456",
    "2GiB, 2147483648",
    "3TiB, 3298534883328",
    "9223372036854775807, 9223372036854775807",
  })
  void sizesAreRead(String text, long bytes) throws Exception {
    assertThat(Quantities.size(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0MiB",
        "-5",
        "+5",
        "05",
        " 5",
        "5 ",
        "5 MiB",
        "1e3",
        "1.5GiB",
        "10GB",
        "10G",
        "10gib",
        "10k",
        "0x10",
        "∞",
        "٥",
        "1_000",
        "9223372036854775808",
        "9007199254740992TiB",
        "99999999999999999999999",
        "MiB"
      })
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> Quantities.size(text)).isInstanceOf(Mistake.class);
  }

  @ParameterizedTest
  @CsvSource({"30s, PT30S", "5m, PT5M", "2h, PT2H", "7d, PT168H"})
  void durationsAreRead(String text, Duration duration) throws Exception {
    assertThat(Quantities.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0s",
        "30",
        "-5m",
        "+5m",
        "05m",
        "5 m",
        "5M",
        "5min",
        "1.5h",
        "1h30m",
        "∞",
        "٥m",
        "99999999999999999999d",
        "9223372036854775807d",
        "36501d",
        "m"
      })
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(() -> Quantities.duration(text)).isInstanceOf(Mistake.class);
  }
}
