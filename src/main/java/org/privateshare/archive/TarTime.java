package org.privateshare.archive;

import java.time.Instant;
import java.util.Optional;

/// Points in time as pax writes them: seconds since 1970 in decimal, with a fraction.
final class TarTime {
  private static final int MOST_DIGITS = 12;
  private static final int DIGITS_OF_NANOS = 9;

  /// 30,000 years: no file system knows longer ones.
  private static final long MOST_SECONDS = 1_000_000_000_000L;

  private TarTime() {}

  static String print(Instant time) {
    long seconds = time.getEpochSecond();
    int nanos = time.getNano();
    String sign = "";
    if (seconds < 0) {
      sign = "-";
      seconds = -seconds - (nanos > 0 ? 1 : 0);
      nanos = nanos > 0 ? 1_000_000_000 - nanos : 0;
    }
    String fraction = nanos == 0 ? "" : "." + Integer.toString(1_000_000_000 + nanos).substring(1);
    return sign + seconds + fraction;
  }

  /// The time in whole seconds; empty where it is too far off for one.
  static Optional<Instant> ofSeconds(long seconds) {
    return -MOST_SECONDS < seconds && seconds < MOST_SECONDS
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }

  /// The time, cut to the nanosecond that is not after it; empty where the text is none.
  static Optional<Instant> parse(String text) {
    boolean isBefore = text.startsWith("-");
    int from = isBefore ? 1 : 0;
    int point = text.indexOf('.');
    int end = point < 0 ? text.length() : point;
    if (end == from
        || end - from > MOST_DIGITS
        || !isDigits(text, from, end)
        || !isDigits(text, Math.min(end + 1, text.length()), text.length())) {
      return Optional.empty();
    }
    long seconds = Long.parseLong(text, from, end, 10);
    int nanos = 0;
    for (int at = end + 1; at <= end + DIGITS_OF_NANOS; at++) {
      nanos = nanos * 10 + (at < text.length() ? text.charAt(at) - '0' : 0);
    }
    return Optional.of(
        isBefore ? Instant.ofEpochSecond(-seconds, -nanos) : Instant.ofEpochSecond(seconds, nanos));
  }

  static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
