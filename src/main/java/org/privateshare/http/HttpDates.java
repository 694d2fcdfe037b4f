package org.privateshare.http;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.YEAR;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Dates in fields (RFC 9110 section 5.6.7): one form is written, all three are read. To the
/// second, in UTC.
final class HttpDates {
  private static final DateTimeFormatter IMF_FIXDATE = formatter("EEE, dd MMM uuuu HH:mm:ss 'GMT'");
  private static final DateTimeFormatter ASCTIME =
      new DateTimeFormatterBuilder()
          .appendPattern("EEE MMM ")
          .padNext(2)
          .appendValue(DAY_OF_MONTH)
          .appendPattern(" HH:mm:ss uuuu")
          .toFormatter(Locale.US)
          .withResolverStyle(ResolverStyle.STRICT);

  private HttpDates() {}

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).withResolverStyle(ResolverStyle.STRICT);
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`. What such a date can't say becomes the first second of 1970.
  static String print(Instant time) {
    Instant sayable = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    return IMF_FIXDATE.format(sayable.atOffset(ZoneOffset.UTC));
  }

  /// Reads a date of any of the three forms; empty for everything else.
  ///
  /// @param now decides the century of a year of two digits: the last one that isn't more than 50
  ///   years ahead
  static Optional<Instant> parse(String text, Instant now) {
    for (DateTimeFormatter form : List.of(IMF_FIXDATE, rfc850(now), ASCTIME)) {
      try {
        LocalDateTime time = LocalDateTime.parse(text, form);
        if (form.format(time).equals(text)) {
          return Optional.of(time.toInstant(ZoneOffset.UTC));
        }
      } catch (DateTimeParseException e) {
        // Another form, perhaps.
      }
    }
    return Optional.empty();
  }

  private static DateTimeFormatter rfc850(Instant now) {
    LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).minus(49, ChronoUnit.YEARS);
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(YEAR, 2, 2, first)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.US)
        .withChronology(IsoChronology.INSTANCE)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
