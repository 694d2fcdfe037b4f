package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.SharePath;

final class CursorTest {
  private static SharePath path(String text) throws Exception {
    return SharePath.parse(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.txt", "é", "😀 \"x\"", "zz\uffee"})
  void itIsReadBackForItsFolder(String name) throws Exception {
    for (String folder : new String[] {"", "inbox", "inbox/old"}) {
      String text = new Cursor(name).text(path(folder));
      assertThat(text).matches("[A-Za-z0-9_-]+");
      assertThat(Cursor.parse(text, path(folder))).contains(new Cursor(name));
    }
  }

  @Test
  void itIsGoodForItsFolderOnly() throws Exception {
    String text = new Cursor("a").text(path("inbox"));
    assertThat(Cursor.parse(text, path(""))).isEmpty();
    assertThat(Cursor.parse(text, path("inbox/a"))).isEmpty();
    assertThat(Cursor.parse(new Cursor("b").text(path("a")), path("a\u00e9"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "!", "AAAAAAAAAAA", "AAAAAAAAAAAA", "AAAAAAAAAABh", "____________"})
  void whatIsNoneIsRefused(String text) throws Exception {
    assertThat(Cursor.parse(text, path(""))).isEmpty();
  }

  @Test
  void noOtherSpellingIsRead() throws Exception {
    String text = new Cursor("a").text(path(""));
    assertThat(Cursor.parse(text, path(""))).isPresent();
    for (String other : new String[] {text + "=", text + " ", text + "A", text.substring(1)}) {
      assertThat(Cursor.parse(other, path(""))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"a, b", "B, a", "a, aa", "z, é", "\uffee, 😀", "a-b, a.b", "'', a"})
  void namesAreOrderedByTheirCodePoints(String first, String second) {
    assertThat(Cursor.ORDER.compare(first, second)).isNegative();
    assertThat(Cursor.ORDER.compare(second, first)).isPositive();
    assertThat(Cursor.ORDER.compare(first, first)).isZero();
  }
}
