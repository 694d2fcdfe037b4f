package org.privateshare.page;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.privateshare.model.Printable;

/// Writes HTML as it comes, element by element:
///
/// ```java
/// html.begin("a").attribute("href", "./a%20b").name("a b").end();
/// ```
///
/// Whatever is given as a text or a value stays one: there is no way to write markup but by the
/// names of elements and attributes, and those are the program's own. What could run or load
/// something isn't there at all: handlers, styles, scripts with content, and URLs of another scheme
/// or host. A call out of order is an `IllegalStateException`, a forbidden name or URL an
/// `IllegalArgumentException`: bugs, not input.
///
/// For one thread. Nothing is buffered.
public final class Html {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /// Elements that have neither content nor end.
  private static final Set<String> VOID = Set.of("br", "hr", "img", "input", "link", "meta");

  /// Elements that load or hide something, or whose content isn't read as text.
  private static final Set<String> FORBIDDEN =
      Set.of("base", "embed", "iframe", "noscript", "object", "plaintext", "style", "template");

  private static final Set<String> URLS = Set.of("action", "formaction", "href", "src");

  /// A place on this server: no scheme and no other host can be read into it.
  private static final Pattern OWN_URL = Pattern.compile("(?:/(?!/)|\\./|\\?|#)[!-~&&[^\\\\]]*");

  private final Appendable out;
  private final Deque<String> open = new ArrayDeque<>();
  private boolean inTag;

  /// Writes to `out`, which the caller flushes.
  public Html(Appendable out) {
    this.out = out;
  }

  /// Begins an element; [#end()] ends it, but for those that have no end, such as `input`.
  @CanIgnoreReturnValue
  public Html begin(String element) throws IOException {
    if (!NAME.matcher(element).matches() || FORBIDDEN.contains(element)) {
      throw new IllegalArgumentException("no element of ours: " + element);
    }
    beginContent();
    out.append('<').append(element);
    open.push(element);
    inTag = true;
    return this;
  }

  /// An attribute of the element that was just begun. A parser reads exactly `value`, but for what
  /// no document can hold: NUL and lone surrogates become U+FFFD.
  ///
  /// @throws IllegalArgumentException where the attribute has a URL, and it is another server's
  @CanIgnoreReturnValue
  public Html attribute(String name, String value) throws IOException {
    if (URLS.contains(name) && !OWN_URL.matcher(value).matches()) {
      throw new IllegalArgumentException("no URL of this server in " + name);
    }
    attribute(name);
    out.append("=\"");
    escape(value);
    out.append('"');
    return this;
  }

  /// An attribute that says all by being there, such as `required`.
  @CanIgnoreReturnValue
  public Html attribute(String name) throws IOException {
    if (!NAME.matcher(name).matches()
        || name.startsWith("on")
        || name.equals("style")
        || name.equals("srcdoc")) {
      throw new IllegalArgumentException("no attribute of ours: " + name);
    }
    if (!inTag) {
      throw new IllegalStateException("no element was begun just now");
    }
    out.append(' ').append(name);
    return this;
  }

  /// Text. What could turn text round, hide or move something is shown as [Printable] shows it.
  @CanIgnoreReturnValue
  public Html text(String text) throws IOException {
    beginContent();
    if (open.isEmpty()) {
      throw new IllegalStateException("text stands in an element");
    }
    escape(shown(text));
    return this;
  }

  /// A text from outside, such as the name of a file: it doesn't mix with what stands beside it,
  /// whatever direction it is written in.
  @CanIgnoreReturnValue
  public Html name(String name) throws IOException {
    return begin("bdi").text(name).end();
  }

  /// An element with nothing but a text in it.
  @CanIgnoreReturnValue
  public Html element(String element, String text) throws IOException {
    return begin(element).text(text).end();
  }

  /// A line break between elements, for those who read the source.
  @CanIgnoreReturnValue
  public Html line() throws IOException {
    beginContent();
    out.append('\n');
    return this;
  }

  /// Ends the element that was begun last and has not ended.
  @CanIgnoreReturnValue
  public Html end() throws IOException {
    closeTag();
    if (open.isEmpty()) {
      throw new IllegalStateException("all elements have ended");
    }
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /// The text as [#text(String)] shows it, for attributes that people read or hear.
  public static String shown(String text) {
    return Printable.isFit(text) ? text : Printable.escape(text);
  }

  /// Whether every element that was begun has ended.
  boolean isWhole() throws IOException {
    closeTag();
    return open.isEmpty();
  }

  private void beginContent() throws IOException {
    closeTag();
    if ("script".equals(open.peek())) {
      throw new IllegalStateException("scripts are files");
    }
  }

  private void closeTag() throws IOException {
    if (inTag) {
      out.append('>');
      inTag = false;
      if (VOID.contains(open.peek())) {
        open.pop();
      }
    }
  }

  private void escape(String text) throws IOException {
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      switch (point) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> point(point);
      }
    }
  }

  /// A character that is no markup. A parser would change a bare CR; what nobody sees in the source
  /// is written as a number.
  private void point(int point) throws IOException {
    switch (Character.getType(point)) {
      case Character.SURROGATE -> out.append('\ufffd');
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          reference(point);
      case Character.CONTROL -> {
        if (point == 0) {
          out.append('\ufffd');
        } else if (point < ' ') {
          reference(point);
        } else {
          // As a number it would be read as a character of windows-1252.
          out.append((char) point);
        }
      }
      default -> out.append(Character.toString(point));
    }
  }

  private void reference(int point) throws IOException {
    out.append("&#").append(Integer.toString(point)).append(';');
  }
}
