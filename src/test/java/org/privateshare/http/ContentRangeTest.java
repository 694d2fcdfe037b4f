package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentRangeTest {
  private static Optional<ContentRange> read(String... lines) throws Problem {
    HttpFields.Mutable fields = HttpFields.build();
    for (String line : lines) {
      fields.add("Content-Range", line);
    }
    return ContentRange.of(fields);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes 0-4/5, 0, 4, 5",
    "bytes 4-4/5, 4, 4, 5",
    "Bytes 1-3/5, 1, 3, 5",
    "bytes 0-9223372036854775806/9223372036854775807, 0, 9223372036854775806, 9223372036854775807"
  })
  void aRangeIsRead(String field, long first, long last, long length) throws Exception {
    assertThat(read(field)).contains(new ContentRange(first, last, length));
    assertThat(read(field).orElseThrow().count()).isEqualTo(last - first + 1);
  }

  @Test
  void withoutItTheFileIsWhole() throws Exception {
    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes 0-4",
        "bytes 0-4/*",
        "bytes */5",
        "bytes */*",
        "bytes 0-5/5",
        "bytes 5-4/5",
        "bytes 0--1/0",
        "bytes -4/5",
        "bytes 0-/5",
        "bytes=0-4/5",
        "bytes  0-4/5",
        "bytes 0-4/5, bytes 0-4/5",
        "bytes 0 - 4/5",
        "bytes +0-4/5",
        "bytes 0x0-4/5",
        "bytes 0-4/9223372036854775808",
        "bytes 0-4/99999999999999999999",
        "items 0-4/5"
      })
  void anythingElseIsRefused(String field) {
    assertThatThrownBy(() -> read(field)).isInstanceOf(Problem.class);
  }

  @Test
  void twoAreRefused() {
    assertThatThrownBy(() -> read("bytes 0-4/5", "bytes 0-4/5")).isInstanceOf(Problem.class);
  }
}
