package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant MODIFIED = Instant.parse("1994-11-06T08:49:37.500Z");
  private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
  private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";

  /// Fields written as `Name: value; Name: value`.
  private static Conditions read(String fields) throws Problem {
    HttpFields.Mutable all = HttpFields.build();
    for (String field : fields.split("; ", -1)) {
      String[] parts = field.split(": ", 2);
      all.add(parts[0], parts[1].replace("BEFORE", BEFORE).replace("SAME", SAME));
    }
    return Conditions.of(all, NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Accept: */*                                         | send
          If-Match: *                                         | send
          If-Match: "v"                                       | send
          If-Match: "w", "v"                                  | send
          If-Match: "w"                                       | failed
          If-Match: W/"v"                                     | failed
          If-Match: "w"; If-Unmodified-Since: SAME            | failed
          If-Match: "v"; If-Unmodified-Since: BEFORE          | send
          If-Unmodified-Since: SAME                           | send
          If-Unmodified-Since: BEFORE                         | failed
          If-Unmodified-Since: yesterday                      | send
          If-Unmodified-Since: BEFORE; If-None-Match: "v"     | failed
          If-None-Match: *                                    | not_modified
          If-None-Match: "v"                                  | not_modified
          If-None-Match: W/"v"                                | not_modified
          If-None-Match: "w", W/"v"                           | not_modified
          If-None-Match: "w"                                  | send
          If-None-Match: "w"; If-Modified-Since: SAME         | send
          If-None-Match: "v"; If-Modified-Since: BEFORE       | not_modified
          If-Modified-Since: SAME                             | not_modified
          If-Modified-Since: BEFORE                           | send
          If-Modified-Since: 784111777                        | send
          If-Modified-Since: SAME; If-Modified-Since: SAME    | send
          If-Match: "v"; If-None-Match: "v"                   | not_modified
          If-Match: "w"; If-None-Match: "v"                   | failed
          If-Match: "v"; If-Modified-Since: SAME              | not_modified
          """)
  void conditionsAreLookedAtInTheOrderOfTheRfc(String fields, String expected) throws Exception {
    assertThat(read(fields).of("v", MODIFIED))
        .isEqualTo(Conditions.Outcome.valueOf(expected.toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-Match: v",
        "If-Match: \"v",
        "If-None-Match: v",
        "If-None-Match: *; If-None-Match: *"
      })
  void tagsThatCannotBeReadAreRefused(String fields) {
    assertThatThrownBy(() -> read(fields)).isInstanceOf(Problem.class).hasMessageContaining("If-");
  }

  @Test
  void anEmptyFieldIsNoCondition() {
    assertThatThrownBy(() -> Conditions.of(HttpFields.build().add("If-Match", ""), NOW))
        .isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Accept: */*                         | true
          If-Range: "v"                       | true
          If-Range: W/"v"                     | false
          If-Range: "w"                       | false
          If-Range: v                         | false
          If-Range: "v", "w"                  | false
          If-Range: "v"; If-Range: "v"        | false
          If-Range: *                         | false
          If-Range: SAME                      | false
          """)
  void rangesAreTakenOfTheOneNamedVersionOnly(String fields, boolean expected) throws Exception {
    assertThat(read(fields).allowRangesOf("v")).isEqualTo(expected);
  }
}
