package org.privateshare.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "apple.jpg, apple.jpg",
        "日本 é 😀, 日本 é 😀",
        "\"a\nb\", a\\x0ab",
        "\"\u001b[31mred\", \\x1b[31mred",
        "\"\u007f\u0085\", \\x7f\\x85",
        "a\u202eb, a\\u{202e}b",
        "a\u200bb\ufeff, a\\u{200b}b\\u{feff}",
        "a\u2028, a\\u{2028}",
        "a\\b, a\\\\b",
      })
  void whatCouldMoveTheCursorIsWrittenAsItsCodePoint(String text, String escaped) {
    assertThat(Printable.escape(text)).isEqualTo(escaped);
  }

  @Test
  void aLoneSurrogateIsWrittenAsItsCodePoint() {
    assertThat(Printable.escape("a\ud800b")).isEqualTo("a\\u{d800}b");
  }

  @Test
  void aMegabyteIsCut() {
    String escaped = Printable.escape("\n".repeat(1 << 20));
    assertThat(escaped).hasSizeLessThan(Printable.MAX + 20).endsWith("…");
  }
}
