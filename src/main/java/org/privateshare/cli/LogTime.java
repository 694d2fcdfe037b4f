package org.privateshare.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// When something was logged, as the text log has it: local time to the millisecond, with its
/// distance from UTC. Most lines are of the same second as the one before, whose text is kept: it
/// takes longer than the rest of a line.
final class LogTime {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private static volatile Second last = Second.of(Instant.EPOCH);

  /// What the moments of one second have in common.
  private record Second(long number, String before, String behind) {
    static Second of(Instant time) {
      ZonedDateTime local = time.atZone(ZoneId.systemDefault());
      return new Second(time.getEpochSecond(), SECOND.format(local), local.getOffset().getId());
    }
  }

  private LogTime() {}

  static String of(Instant time) {
    Second second = last;
    if (second.number != time.getEpochSecond()) {
      second = Second.of(time);
      last = second;
    }
    String millis = Integer.toString(1_000 + time.getNano() / 1_000_000);
    return second.before + '.' + millis.substring(1) + second.behind;
  }
}
