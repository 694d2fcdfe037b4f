package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AcceptedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | html
          TEXT/HTML                                  | html
          text/html;level=1                          | html
          text/html, application/json                | html
          text/html;q=0.5, application/json          | json
          application/json                           | json
          application/problem+json                   | json
          text/html;q=0                              | text
          text/*                                     | text
          */*                                        | text
          text/htmlx                                 | text
          ''                                         | text
          """)
  void theFirstKnownTypeCounts(String accept, String kind) {
    HttpFields fields = HttpFields.build().put(HttpHeader.ACCEPT, accept);
    assertThat(Accepted.html(fields)).isEqualTo(kind.equals("html"));
    assertThat(Accepted.json(fields)).isEqualTo(kind.equals("json"));
  }
}
