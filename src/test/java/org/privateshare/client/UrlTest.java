package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.SharePath;

final class UrlTest {
  /// A server left `'` as it is where the client wrote `%27`, and was said to have other bytes.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          in/it's (1) $&.bin, /in/it's%20(1)%20$&.bin
          in/it's (1) $&.bin, /in/it%27s%20%281%29%20%24%26.bin
          in/100%, /in/100%25
          Überblick, /%C3%9Cberblick
          Überblick, /%c3%9cberblick
          a.txt, /%61.txt
          """)
  void aUrlMeansAFileInWhicheverSpelling(String path, String url) throws Exception {
    SharePath file = SharePath.parse(path);
    assertThat(Url.means(url, file)).isTrue();
    assertThat(Url.means(Url.file(file), file)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a.txt",
        "/a.txt/",
        "//a.txt",
        "/a.tx%",
        "/a.tx%7",
        "/a.tx%zz",
        "/A.txt",
        "/a.txt?x",
        "/\u00e4.txt"
      })
  void anyOtherUrlMeansAnotherFile(String url) throws Exception {
    assertThat(Url.means(url, SharePath.parse("a.txt"))).isFalse();
  }
}
