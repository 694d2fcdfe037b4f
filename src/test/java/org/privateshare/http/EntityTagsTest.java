package org.privateshare.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EntityTagsTest {
  private static String read(String... lines) {
    return EntityTags.parse(List.of(lines)).map(EntityTagsTest::print).orElse("bad");
  }

  private static String print(EntityTags tags) {
    return switch (tags) {
      case EntityTags.Any.ANY -> "any";
      case EntityTags.Some(List<EntityTags.Tag> all) ->
          all.stream()
              .map(tag -> (tag.isWeak() ? "weak:" : "") + tag.text())
              .collect(joining(" ", "[", "]"));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "a"             | [a]
          ""              | []
          W/"a"           | [weak:a]
          "a", "b"        | [a b]
          "a","b"         | [a b]
          "a" , W/"b"     | [a weak:b]
          ,"a",, "b",     | [a b]
          "a,b"           | [a,b]
          "a,W/"          | [a,W/]
          "\\"             | [\\]
          "!#~é"          | [!#~é]
          *               | any
          ``              | bad
          ,               | bad
          a               | bad
          "a              | bad
          a"              | bad
          "a"b            | bad
          "a""b"          | bad
          "a" "b"         | bad
          w/"a"           | bad
          W"a"            | bad
          W/a             | bad
          W/ "a"          | bad
          "a b"           | bad
          *, "a"          | bad
          "a", *          | bad
          **              | bad
          'a'             | bad
          "a";q=1         | bad
          """)
  void aFieldIsReadToTheLetter(String field, String expected) {
    assertThat(read(field)).isEqualTo(expected);
  }

  @Test
  void controlCharactersAreInNoTag() {
    assertThat(read("\"a\u007f\"")).isEqualTo("bad");
    assertThat(read("\"a\tb\"")).isEqualTo("bad");
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(read("\"a\"", "W/\"b\"")).isEqualTo("[a weak:b]");
    assertThat(read("\"a\"", "*")).isEqualTo("bad");
    assertThat(read("\"a", "b\"")).isEqualTo("[a,b]");
  }

  @Test
  void aVersionIsWrittenAsAStrongTag() {
    assertThat(EntityTags.of("0f1e")).isEqualTo("\"0f1e\"");
    assertThat(read(EntityTags.of("0f1e"))).isEqualTo("[0f1e]");
  }
}
