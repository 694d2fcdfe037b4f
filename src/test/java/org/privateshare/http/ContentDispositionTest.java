package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentDispositionTest {
  /// The grammar of RFC 6266 for what we write, by itself: token, quoted-string, ext-value.
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(inline|attachment); filename=\"((?:[ !#-\\[\\]-~]|\\\\[ -~])*)\";"
              + " filename\\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})*)");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          a.txt       | filename="a.txt"; filename*=UTF-8''a.txt
          a b         | filename="a b"; filename*=UTF-8''a%20b
          é           | filename="_"; filename*=UTF-8''%C3%A9
          €.pdf       | filename="_.pdf"; filename*=UTF-8''%E2%82%AC.pdf
          😀          | filename="_"; filename*=UTF-8''%F0%9F%98%80
          a"b         | filename="a\\"b"; filename*=UTF-8''a%22b
          a;b         | filename="a;b"; filename*=UTF-8''a%3Bb
          100%        | filename="100%"; filename*=UTF-8''100%25
          %41         | filename="_41"; filename*=UTF-8''%2541
          a=b,c       | filename="a=b,c"; filename*=UTF-8''a%3Db%2Cc
          (a)         | filename="(a)"; filename*=UTF-8''%28a%29
          """)
  void aNameIsSaidInBothForms(String name, String expected) {
    assertThat(ContentDisposition.of(name, false)).isEqualTo("attachment; " + expected);
    assertThat(ContentDisposition.of(name, true)).isEqualTo("inline; " + expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.txt",
        "a\"; filename=\"b.exe",
        "a'b*c",
        "a\r\nSet-Cookie: x",
        "a\u0000b",
        "\u202ecod.exe",
        "%0d%0aX: y",
        "日本語 ファイル.txt",
        "x\\\"y",
        "-_.!~*'()"
      })
  void everyNameParsesBackExactly(String name) {
    Matcher parts = GRAMMAR.matcher(ContentDisposition.of(name, false));
    assertThat(parts.matches()).isTrue();
    assertThat(URLDecoder.decode(parts.group(3).replace("+", "%2B"), UTF_8)).isEqualTo(name);
    if (name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '%')) {
      assertThat(parts.group(2).replaceAll("\\\\(.)", "$1")).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.png, image/png",
    "A.JPG, image/jpeg",
    "a.b.webm, video/webm",
    "a.pdf, application/pdf",
    "a.txt, text/plain;charset=utf-8",
    "README.md, text/plain;charset=utf-8",
    "a.csv, text/plain;charset=utf-8"
  })
  void whatCanDoNoHarmIsShown(String name, String contentType) {
    assertThat(MediaType.of(name)).isEqualTo(new MediaType(contentType, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.html", "a.htm", "a.xhtml", "a.svg", "a.svgz", "a.xml", "a.js", "a.mjs", "a.css",
        "a.png.html", "a.txt.exe", "png", "a.", "a.pngx", "a.txt ", "a.ｐng", "a.wasm", "a.swf",
        "a.mht", "a"
      })
  void everythingElseIsSaved(String name) {
    assertThat(MediaType.of(name)).isEqualTo(new MediaType("application/octet-stream", false));
  }
}
