package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpDatesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1994-11-06T08:49:37Z       | Sun, 06 Nov 1994 08:49:37 GMT
          1994-11-06T08:49:37.999Z   | Sun, 06 Nov 1994 08:49:37 GMT
          1970-01-01T00:00:00Z       | Thu, 01 Jan 1970 00:00:00 GMT
          1969-12-31T23:59:59Z       | Thu, 01 Jan 1970 00:00:00 GMT
          9999-12-31T23:59:59Z       | Fri, 31 Dec 9999 23:59:59 GMT
          """)
  void aTimeIsWrittenInOneForm(Instant time, String text) {
    assertThat(HttpDates.print(time)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sun, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z
          Sunday, 06-Nov-94 08:49:37 GMT   | 1994-11-06T08:49:37Z
          Sun Nov  6 08:49:37 1994         | 1994-11-06T08:49:37Z
          Sun Nov 16 08:49:37 2025         | 2025-11-16T08:49:37Z
          Friday, 06-Nov-76 08:49:37 GMT   | 2076-11-06T08:49:37Z
          Sunday, 06-Nov-77 08:49:37 GMT   | 1977-11-06T08:49:37Z
          """)
  void allThreeFormsAreRead(String text, Instant time) {
    assertThat(HttpDates.parse(text, NOW)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "0",
        "1994-11-06T08:49:37Z",
        "sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Wed, 30 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 11994 08:49:37 GMT",
        "Sun, 06 Nov -994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov 06 08:49:37 1994",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Saturday, 06-Nov-76 08:49:37 GMT",
        "So., 06 Nov. 1994 08:49:37 GMT"
      })
  void whatIsNoDateIsNotMended(String text) {
    assertThat(HttpDates.parse(text, NOW)).isEmpty();
  }
}
