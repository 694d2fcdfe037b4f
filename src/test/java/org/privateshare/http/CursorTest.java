package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.SharePath;

final class CursorTest {
  private static final FolderView BY_SIZE = new FolderView(Sort.SIZE, true, "");

  private static SharePath path(String text) throws Exception {
    return SharePath.parse(text);
  }

  private static String text(String after, String folder) throws Exception {
    return new Cursor(Place.of(after)).text(path(folder), FolderView.ALL);
  }

  /// The vectors of `docs/page.md`.
  @ParameterizedTest
  @CsvSource({
    "inbox, '', ascending, '', false, 0, 0, a.txt, rtaCkrZvNUVhLnR4dA",
    "inbox, '', ascending, txt, false, 0, 0, a.txt, qKzeCkbfLSthLnR4dA",
    "inbox, name, ascending, '', true, 0, 0, old, 225FiUdV4ClkIDAgMCBvbGQ",
    "inbox, size, descending, '', false, 9, 0, a.txt, kMfNckNSTdZmIDkgMCBhLnR4dA",
    "'', modified, ascending, é, false, 1795341600, 123000000, é 1,"
        + " m9Ba6fyjmw5mIDE3OTUzNDE2MDAgMTIzMDAwMDAwIMOpIDE"
  })
  void itIsWrittenAsDocumented(
      String folder,
      String sort,
      String order,
      String match,
      boolean isFolder,
      long value,
      int fraction,
      String name,
      String text)
      throws Exception {
    FolderView view =
        new FolderView(Sort.of(sort).orElse(Sort.CODE_POINTS), order.equals("descending"), match);
    Cursor cursor = new Cursor(new Place(isFolder, value, fraction, name));
    assertThat(cursor.text(path(folder), view)).isEqualTo(text);
    assertThat(Cursor.parse(text, path(folder), view)).contains(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.txt", "é", "😀 \"x\"", "zz\uffee", " a", "d 0 0 a", "  "})
  void itIsReadBackForItsFolderAndView(String name) throws Exception {
    for (String folder : new String[] {"", "inbox", "inbox/old"}) {
      for (Sort sort : Sort.values()) {
        FolderView view = new FolderView(sort, false, "");
        boolean sorts = sort != Sort.CODE_POINTS;
        Cursor cursor = new Cursor(new Place(sorts, sorts ? -1 : 0, sorts ? 999_999_999 : 0, name));
        String text = cursor.text(path(folder), view);
        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.parse(text, path(folder), view)).contains(cursor);
      }
    }
  }

  @Test
  void itIsGoodForItsFolderOnly() throws Exception {
    assertThat(Cursor.parse(text("a", "inbox"), path(""), FolderView.ALL)).isEmpty();
    assertThat(Cursor.parse(text("a", "inbox"), path("inbox/a"), FolderView.ALL)).isEmpty();
    assertThat(Cursor.parse(text("b", "a"), path("a\u00e9"), FolderView.ALL)).isEmpty();
  }

  @Test
  void itIsGoodForItsViewOnly() throws Exception {
    List<FolderView> views =
        List.of(
            FolderView.ALL,
            new FolderView(Sort.CODE_POINTS, false, "a"),
            new FolderView(Sort.NAME, false, ""),
            new FolderView(Sort.NAME, true, ""),
            new FolderView(Sort.NAME, true, "a"),
            BY_SIZE,
            new FolderView(Sort.MODIFIED, true, ""));
    for (FolderView one : views) {
      for (FolderView other : views) {
        String text = new Cursor(new Place(false, 0, 0, "a")).text(path("x"), one);
        assertThat(Cursor.parse(text, path("x"), other).isPresent()).isEqualTo(one.equals(other));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "!", "AAAAAAAAAAA", "AAAAAAAAAAAA", "AAAAAAAAAABh", "____________"})
  void whatIsNoneIsRefused(String text) throws Exception {
    assertThat(Cursor.parse(text, path(""), FolderView.ALL)).isEmpty();
    assertThat(Cursor.parse(text, path(""), BY_SIZE)).isEmpty();
  }

  @Test
  void noOtherSpellingIsRead() throws Exception {
    String text = text("a", "");
    assertThat(Cursor.parse(text, path(""), FolderView.ALL)).isPresent();
    for (String other : new String[] {text + "=", text + " ", text + "A", text.substring(1)}) {
      assertThat(Cursor.parse(other, path(""), FolderView.ALL)).isEmpty();
    }
  }
}
