package org.privateshare.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// What stands around the content of every page: the head with title, style and script, and the
/// body with what the script needs to know.
public final class PageFrame {
  /// The type of a page.
  public static final String CONTENT_TYPE = "text/html;charset=utf-8";

  private final String title;
  private final List<String> styles = new ArrayList<>(List.of("page.css"));
  private final List<String> scripts = new ArrayList<>();
  private final List<Attribute> attributes = new ArrayList<>();

  private record Attribute(String name, String value) {}

  /// Writes the content of a body.
  public interface Content {
    /// Writes it, all elements ended.
    void write(Html html) throws IOException;
  }

  private PageFrame(String title) {
    this.title = title;
  }

  /// A page of that title, which may hold names from outside.
  public static PageFrame of(String title) {
    return new PageFrame(title);
  }

  /// With a style sheet of [Assets] beside that of all pages.
  @CanIgnoreReturnValue
  public PageFrame style(String name) {
    styles.add(name);
    return this;
  }

  /// With a module of [Assets] to run.
  @CanIgnoreReturnValue
  public PageFrame script(String name) {
    scripts.add(name);
    return this;
  }

  /// With an attribute of the body.
  @CanIgnoreReturnValue
  public PageFrame attribute(String name, String value) {
    attributes.add(new Attribute(name, value));
    return this;
  }

  /// Writes the whole page to `out`, which the caller flushes.
  public void write(Appendable out, Content content) throws IOException {
    out.append("<!DOCTYPE html>\n");
    Html html = new Html(out);
    html.begin("html").attribute("lang", "en").line();
    head(html);
    html.begin("body");
    for (Attribute attribute : attributes) {
      html.attribute(attribute.name, attribute.value);
    }
    html.line();
    content.write(html);
    html.line().end().line().end();
    if (!html.isWhole()) {
      throw new IllegalStateException("an element of the content wasn't ended");
    }
    out.append('\n');
  }

  /// The whole page as a text.
  public String text(Content content) {
    StringBuilder text = new StringBuilder();
    try {
      write(text, content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every text", e);
    }
    return text.toString();
  }

  private void head(Html html) throws IOException {
    Assets assets = Assets.ours();
    html.begin("head").line();
    html.begin("meta").attribute("charset", "utf-8").line();
    meta(html, "viewport", "width=device-width, initial-scale=1");
    meta(html, "color-scheme", "light dark");
    html.element("title", title).line();
    html.begin("link").attribute("rel", "icon").attribute("type", "image/svg+xml");
    html.attribute("href", assets.url("icon.svg")).line();
    for (String style : styles) {
      html.begin("link").attribute("rel", "stylesheet");
      html.attribute("href", assets.url(style)).line();
    }
    for (String script : scripts) {
      html.begin("script").attribute("type", "module");
      html.attribute("src", assets.url(script)).end().line();
    }
    html.end().line();
  }

  private static void meta(Html html, String name, String content) throws IOException {
    html.begin("meta").attribute("name", name).attribute("content", content).line();
  }
}
