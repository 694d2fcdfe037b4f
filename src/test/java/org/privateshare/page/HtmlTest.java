package org.privateshare.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HtmlTest {
  private final StringBuilder out = new StringBuilder();
  private final Html html = new Html(out);

  @Test
  void elementsNestAndThoseWithoutContentHaveNoEnd() throws Exception {
    html.begin("p").attribute("class", "a").text("x");
    html.begin("input").attribute("name", "key").attribute("required");
    html.begin("br").text("y").element("b", "z").line().end();
    assertThat(out).hasToString("<p class=\"a\">x<input name=\"key\" required><br>y<b>z</b>\n</p>");
    assertThat(html.isWhole()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <img src=x onerror=alert(1)> | &lt;img src=x onerror=alert(1)&gt;
          </td><script>1</script>      | &lt;/td&gt;&lt;script&gt;1&lt;/script&gt;
          a&lt;b                       | a&amp;lt;b
          "onclick="x                  | &quot;onclick=&quot;x
          'x                           | &#39;x
          über \uD83D\uDE00            | über \uD83D\uDE00
          """)
  void whatLooksLikeMarkupIsText(String text, String written) throws Exception {
    html.begin("p").attribute("title", text).text(text).end();
    assertThat(out).hasToString("<p title=\"" + written + "\">" + written + "</p>");
  }

  @Test
  void whatHidesOrTurnsTextIsShown() throws Exception {
    html.begin("p").text("a\u202egpj.exe\n\u0000\u200b\ud800").end();
    assertThat(out).hasToString("<p>a\\u{202e}gpj.exe\\x0a\\x00\\u{200b}\\u{d800}</p>");
  }

  @Test
  void aNameStandsForItself() throws Exception {
    html.begin("p").name("<b>\u05d0").end();
    assertThat(out).hasToString("<p><bdi>&lt;b&gt;\u05d0</bdi></p>");
  }

  @Test
  void aParserReadsExactlyTheValue() throws Exception {
    html.begin("p").attribute("data-name", "a\r\n\t\u202e\u0085\u0000\ud800").end();
    assertThat(out).hasToString("<p data-name=\"a&#13;&#10;&#9;&#8238;\u0085\ufffd\ufffd\"></p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/b%20c?x=1&y", "./javascript:x", "?sort=name", "#files", "./"})
  void aLinkLeadsToThisServer(String url) throws Exception {
    html.begin("a").attribute("href", url).end();
    assertThat(out).asString().startsWith("<a href=\"" + url.replace("&", "&amp;"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "https://evil.example/",
        "evil:x",
        "a",
        "",
        " /",
        "/\u0009/evil.example",
        "/a b",
        "/ü"
      })
  void noLinkLeadsAway(String url) throws Exception {
    for (String attribute : new String[] {"href", "src", "action", "formaction"}) {
      html.begin("a");
      assertThatIllegalArgumentException().isThrownBy(() -> html.attribute(attribute, url));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"style", "onclick", "srcdoc", "a b", "a=b", "A", ""})
  void thereAreNoHandlersAndStyles(String attribute) throws IOException {
    html.begin("p");
    assertThatIllegalArgumentException().isThrownBy(() -> html.attribute(attribute, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"style", "iframe", "template", "a b", "a>", "A", "!--", ""})
  void thereAreNoElementsThatLoadOrHide(String element) {
    assertThatIllegalArgumentException().isThrownBy(() -> html.begin(element));
  }

  @Test
  void aWrongOrderIsABug() throws Exception {
    assertThatIllegalStateException().isThrownBy(() -> html.text("x"));
    assertThatIllegalStateException().isThrownBy(html::end);
    html.begin("script");
    assertThatIllegalStateException().isThrownBy(() -> html.text("x"));
    html.end().begin("p").text("x");
    assertThatIllegalStateException().isThrownBy(() -> html.attribute("id", "x"));
    assertThat(html.isWhole()).isFalse();
  }
}
