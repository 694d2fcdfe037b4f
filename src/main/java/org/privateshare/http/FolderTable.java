package org.privateshare.http;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.privateshare.model.Entry;
import org.privateshare.model.Right;
import org.privateshare.page.Html;

/// The rows of a page as a table of HTML, which says nothing twice that the page's script can find:
/// a row is most of a page's weight. The script writes further ones.
///
/// @param view how they are sorted and filtered
/// @param total how many there are on all pages
record FolderTable(FolderScene scene, FolderView view, long total) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// Writes the table.
  void write(Html html, Rows rows) throws IOException {
    html.begin("table").attribute("id", "files").line();
    html.element("caption", caption()).line();
    head(html);
    html.begin("tbody").line();
    for (var row = rows.next(); row.isPresent(); row = rows.next()) {
      row(html, row.get());
    }
    html.end().line().end().line();
  }

  private String caption() {
    String entries = PageAmounts.entries(total);
    return view.match().isEmpty() ? entries : entries + " with “" + view.match() + "”";
  }

  /// Whether rows can be chosen. What is chosen goes off as a form, which a link's key may not.
  boolean hasChoice() {
    return scene.may(Right.GET) && !scene.isByLink();
  }

  private void head(Html html) throws IOException {
    html.begin("thead").begin("tr");
    if (hasChoice()) {
      html.begin("th").attribute("scope", "col").attribute("class", "pick");
      unseen(html, "Chosen");
      html.end().line();
    }
    column(html, Sort.NAME, "Name", "");
    column(html, Sort.SIZE, "Size", "size");
    column(html, Sort.MODIFIED, "Changed", "time");
    html.end().end().line();
  }

  /// Names come in their order first, what is large or new comes first of all.
  private void column(Html html, Sort sort, String title, String kind) throws IOException {
    boolean isChosen = view.sort() == sort;
    html.begin("th").attribute("scope", "col");
    if (!kind.isEmpty()) {
      html.attribute("class", kind);
    }
    if (isChosen) {
      html.attribute("aria-sort", view.direction());
    }
    FolderView other = view.by(sort, isChosen ? !view.isDescending() : sort != Sort.NAME);
    html.begin("a").attribute("href", scene.links().query(other.parameters()));
    html.text(title).end().end().line();
  }

  private void row(Html html, Row row) throws IOException {
    boolean isFolder = row.entry() instanceof Entry.Folder;
    html.begin("tr");
    switch (row.entry()) {
      case Entry.File file -> html.attribute("data-size", Long.toString(file.size()));
      case Entry.Folder _ -> html.attribute("data-type", "folder");
    }
    if (hasChoice()) {
      choice(html, row.name());
    } else {
      html.attribute("data-name", row.name());
    }
    html.begin("th").attribute("scope", "row");
    name(html, row.name(), isFolder);
    html.end().begin("td").attribute("class", "size");
    switch (row.entry()) {
      case Entry.File file -> html.text(PageAmounts.bytes(file.size()));
      case Entry.Folder _ -> unseen(html, "folder");
    }
    html.end().begin("td").attribute("class", "time").begin("time");
    html.text(MINUTE.format(row.entry().modified())).end().end().end().line();
  }

  private void name(Html html, String name, boolean isFolder) throws IOException {
    if (!isFolder && !scene.may(Right.GET)) {
      html.name(name);
      return;
    }
    String url = "./" + PathWriter.encode(name) + (isFolder ? "/" : "");
    html.begin("a").attribute("href", scene.links().to(url)).name(name).end();
  }

  private static void choice(Html html, String name) throws IOException {
    html.begin("td").attribute("class", "pick").begin("input").attribute("type", "checkbox");
    html.attribute("name", "name").attribute("value", name);
    html.attribute("aria-label", "Choose " + Html.shown(name)).end();
  }

  private static void unseen(Html html, String text) throws IOException {
    html.begin("span").attribute("class", "unseen").text(text).end();
  }
}
