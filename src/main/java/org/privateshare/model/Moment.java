package org.privateshare.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/// Moments as text (ISO 8601 in UTC, `2026-11-22T10:00:00.123Z`), exactly as [Instant] prints and
/// parses them, for a fraction of what that takes: a listing has one in each row, and each stored
/// file has one noted. What is unusual is left to the JDK.
public final class Moment {
  private static final String SHAPE = "0000-00-00T00:00:00";
  private static final int FRACTION = SHAPE.length() + 1;
  private static final int NANO_DIGITS = 9;
  private static final int DAY_SECONDS = 86_400;

  /// 0000-01-01 and 10000-01-01, in seconds since 1970.
  private static final long FIRST = -62_167_219_200L;

  private static final long BEHIND = 253_402_300_800L;

  private Moment() {}

  /// The text of a moment, with as many groups of three digits of a second as it needs.
  public static String print(Instant time) {
    long second = time.getEpochSecond();
    if (second < FIRST || second >= BEHIND) {
      return time.toString();
    }
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, DAY_SECONDS));
    int inDay = Math.floorMod(second, DAY_SECONDS);
    byte[] text = new byte[FRACTION + NANO_DIGITS + 1];
    put(text, 0, 4, day.getYear());
    text[4] = '-';
    put(text, 5, 7, day.getMonthValue());
    text[7] = '-';
    put(text, 8, 10, day.getDayOfMonth());
    text[10] = 'T';
    put(text, 11, 13, inDay / 3_600);
    text[13] = ':';
    put(text, 14, 16, inDay / 60 % 60);
    text[16] = ':';
    put(text, 17, 19, inDay % 60);
    int end = fraction(text, time.getNano());
    text[end] = 'Z';
    return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
  }

  private static int fraction(byte[] text, int nanos) {
    if (nanos == 0) {
      return FRACTION - 1;
    }
    int digits = NANO_DIGITS;
    int value = nanos;
    while (value % 1_000 == 0) {
      value /= 1_000;
      digits -= 3;
    }
    text[FRACTION - 1] = '.';
    put(text, FRACTION, FRACTION + digits, value);
    return FRACTION + digits;
  }

  private static void put(byte[] text, int from, int to, int number) {
    int rest = number;
    for (int i = to - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /// The moment that a text says.
  ///
  /// @throws java.time.DateTimeException where the text is no ISO 8601 moment in UTC
  public static Instant parse(String text) {
    return isUsual(text) ? usual(text) : Instant.parse(text);
  }

  /// Whether there are digits and signs where they belong, and hours, minutes and seconds in
  /// bounds; the date is checked when it is read.
  private static boolean isUsual(String text) {
    int last = text.length() - 1;
    if (last < SHAPE.length() || last > FRACTION + NANO_DIGITS || text.charAt(last) != 'Z') {
      return false;
    }
    for (int i = 0; i < last; i++) {
      char wanted = i < SHAPE.length() ? SHAPE.charAt(i) : i == FRACTION - 1 ? '.' : '0';
      char c = text.charAt(i);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return last != FRACTION
        && number(text, 11, 13) < 24
        && number(text, 14, 16) < 60
        && number(text, 17, 19) < 60;
  }

  private static Instant usual(String text) {
    int last = text.length() - 1;
    int nanos = last > FRACTION ? number(text, FRACTION, last) : 0;
    for (int digits = Math.max(0, last - FRACTION); digits < NANO_DIGITS; digits++) {
      nanos *= 10;
    }
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    long seconds = (number(text, 11, 13) * 60L + number(text, 14, 16)) * 60 + number(text, 17, 19);
    return Instant.ofEpochSecond(day.toEpochDay() * DAY_SECONDS + seconds, nanos);
  }

  private static int number(String digits, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + digits.charAt(i) - '0';
    }
    return number;
  }
}
