package org.privateshare.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.privateshare.model.BinaryUnits;

/// Sizes, times and rates for a person's eyes. For machines there is `--json`.
final class Amounts {
  private Amounts() {}

  /// `999 B`, `1.5 KiB`, `365.2 MiB`.
  static String size(long bytes) {
    return bytes < 1024 ? bytes + " B" : BinaryUnits.of((double) bytes);
  }

  /// `1 file`, `1,203 files`.
  static String files(long count) {
    return grouped(count) + (count == 1 ? " file" : " files");
  }

  /// `541 of 1,203`.
  static String count(long done, long all) {
    return grouped(done) + " of " + grouped(all);
  }

  /// `1,203`.
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `2026-11-22T10:00:00Z`: the second that a moment lies in, in UTC.
  static String second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// `0.04 s`, `4.2 s`, `3 min 05 s`, `2 h 03 min`.
  static String time(Duration time) {
    double seconds = time.toNanos() / 1e9;
    if (seconds < 0.995) {
      return fixed(seconds, 2) + " s";
    }
    if (seconds < 59.95) {
      return fixed(seconds, 1) + " s";
    }
    return roughly(time);
  }

  /// `12 s`, `3 min 05 s`, `2 h 03 min`: for guesses.
  static String roughly(Duration time) {
    long seconds = Math.round(time.toMillis() / 1e3);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /// `365.2 MiB/s`; an immeasurably short time counts as a millisecond.
  static String rate(long bytes, Duration time) {
    double perSecond = bytes * 1e9 / Math.max(1_000_000, time.toNanos());
    return perSecond < 1024 ? Math.round(perSecond) + " B/s" : BinaryUnits.of(perSecond) + "/s";
  }

  /// `1.5` or `1.50`: rounded to so many digits after the point. Each line of the log has several
  /// of these, for which `String.format` takes long.
  private static String fixed(double value, int digits) {
    long scale = digits == 1 ? 10 : 100;
    long scaled = Math.round(value * scale);
    String fraction = Long.toString(scale + scaled % scale).substring(1);
    return scaled / scale + "." + fraction;
  }
}
