package org.privateshare.archive;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Points in time as pax writes them: seconds since 1970 in decimal, with a fraction.
final class TarTime {
  private static final Pattern DECIMAL = Pattern.compile("(-?)([0-9]{1,12})(?:\\.([0-9]*))?");
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
    Matcher found = DECIMAL.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    long seconds = Long.parseLong(found.group(2));
    String fraction = found.group(3) == null ? "" : found.group(3);
    String digits = (fraction + "0".repeat(DIGITS_OF_NANOS)).substring(0, DIGITS_OF_NANOS);
    int nanos = Integer.parseInt(digits);
    return Optional.of(
        found.group(1).isEmpty()
            ? Instant.ofEpochSecond(seconds, nanos)
            : Instant.ofEpochSecond(-seconds, -nanos));
  }
}
