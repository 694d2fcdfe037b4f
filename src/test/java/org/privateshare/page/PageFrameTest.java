package org.privateshare.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class PageFrameTest {
  @Test
  void aPageHasItsTitleItsFilesAndItsContent() {
    String base = Assets.ours().base();
    String page =
        PageFrame.of("<a> & b")
            .script("tus.js")
            .attribute("class", "x\"y")
            .text(html -> html.element("h1", "Files"));
    assertThat(page)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .contains("<title>&lt;a&gt; &amp; b</title>")
        .contains("<link rel=\"stylesheet\" href=\"" + base + "page.css\">")
        .contains("<script type=\"module\" src=\"" + base + "tus.js\"></script>")
        .endsWith("<body class=\"x&quot;y\">\n<h1>Files</h1>\n</body>\n</html>\n");
  }

  @Test
  void whatIsMissingIsABug() {
    PageFrame frame = PageFrame.of("x");
    assertThatIllegalStateException().isThrownBy(() -> frame.text(html -> html.begin("p")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.script("gone.js").text(html -> html.line()));
  }
}
