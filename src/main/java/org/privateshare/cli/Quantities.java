package org.privateshare.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes and durations on the command line. One spelling each: ASCII digits without a sign or
/// leading zeros, above zero, the unit right behind.
final class Quantities {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]*)(|KiB|MiB|GiB|TiB)");
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]*)([smhd])");

  private Quantities() {}

  /// `4096`, `512KiB`, `256MiB`, `2GiB`, `1TiB`, in bytes.
  static long size(String text) throws Mistake {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new Mistake(
          Paths.shown(text)
              + " is no size; give bytes, or a whole number and KiB, MiB, GiB or TiB");
    }
    long unit =
        switch (matcher.group(2)) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          case "TiB" -> 1L << 40;
          default -> 1;
        };
    return times(text, matcher.group(1), unit);
  }

  /// `30s`, `5m`, `2h`, `1d`.
  static Duration duration(String text) throws Mistake {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new Mistake(
          Paths.shown(text)
              + " is no duration; give a whole number and s, m, h or d, as in 30s or 5m");
    }
    long unit =
        switch (matcher.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3_600;
          default -> 86_400;
        };
    // Bounded so that nanoseconds still fit a long.
    long seconds = times(text, matcher.group(1), unit);
    if (seconds > Duration.ofDays(36_500).toSeconds()) {
      throw new Mistake(Paths.shown(text) + " is too long");
    }
    return Duration.ofSeconds(seconds);
  }

  private static long times(String text, String digits, long unit) throws Mistake {
    try {
      return Math.multiplyExact(Long.parseLong(digits), unit);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Mistake(Paths.shown(text) + " is too large");
    }
  }

  /// `4`: digits alone, up to the largest int.
  static int number(String text) throws Mistake {
    try {
      if (text.matches("0|[1-9][0-9]*")) {
        return Integer.parseInt(text);
      }
    } catch (NumberFormatException e) {
      // Too large.
    }
    throw new Mistake(Paths.shown(text) + " is no whole number");
  }
}
