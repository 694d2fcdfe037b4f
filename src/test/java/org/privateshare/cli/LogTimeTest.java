package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class LogTimeTest {
  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

  @Test
  void aTimeIsLocalToTheMillisecondWhateverCameBefore() {
    for (String time :
        new String[] {
          "2026-11-22T12:48:50.664Z",
          "2026-11-22T12:48:50.007999999Z",
          "2026-11-22T12:48:51Z",
          "2026-11-22T12:48:50.999999999Z",
          "2026-06-22T12:48:50.5Z",
          "1969-12-31T23:59:59.25Z"
        }) {
      Instant instant = Instant.parse(time);
      assertThat(LogTime.of(instant))
          .isEqualTo(WHOLE.format(instant.atZone(ZoneId.systemDefault())));
    }
  }
}
