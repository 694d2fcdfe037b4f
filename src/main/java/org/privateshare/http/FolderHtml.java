package org.privateshare.http;

import java.io.IOException;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;
import org.privateshare.page.Assets;
import org.privateshare.page.Html;
import org.privateshare.page.PageFrame;

/// The page of a folder, as `docs/page.md` says. What the key doesn't allow isn't there.
///
/// @param asked the page of rows that is shown
/// @param found what there is
record FolderHtml(FolderScene scene, PageRequest asked, FolderPage found) {
  /// Writes the whole page.
  ///
  /// @param rows those of the page
  void write(Appendable out, Rows rows) throws IOException {
    PageFrame frame = PageFrame.of(FolderScene.titleOf(scene.folder()) + " - privateshare");
    frame.script("folder.js");
    frame.attribute("data-folder", FolderScene.urlOf(scene.folder()));
    frame.attribute("data-rights", scene.rightWords());
    frame.attribute("data-reach", Home.url(scene.by()));
    frame.attribute("data-label", scene.by().label());
    frame.attribute("data-fingerprint", scene.fingerprint().toString());
    frame.attribute("data-assets", Assets.ours().base());
    if (scene.may(Right.PUT)) {
      frame.attribute("data-free", Long.toString(scene.free()));
    }
    if (scene.isByLink()) {
      frame.attribute("data-link", scene.links().key().orElse(""));
    }
    frame.write(out, html -> content(html, rows));
  }

  private void content(Html html, Rows rows) throws IOException {
    html.begin("a").attribute("class", "skip").attribute("href", "#files");
    html.text("Skip to the files").end().line();
    top(html);
    html.begin("main").line();
    crumbs(html);
    html.begin("h1").name(FolderScene.titleOf(scene.folder())).end().line();
    filter(html);
    html.begin("div").attribute("class", "tools").end().line();
    if (scene.may(Right.PUT)) {
      send(html);
    }
    if (found.total() == 0 && asked.view().match().isEmpty()) {
      html.begin("p").attribute("id", "files").attribute("class", "empty");
      html.text("Nothing is here yet.").end().line();
    } else {
      files(html, rows);
    }
    html.end();
  }

  private void top(Html html) throws IOException {
    html.begin("header").attribute("class", "top").line();
    html.begin("a").attribute("class", "home");
    html.attribute("href", scene.links().to(Home.url(scene.by())));
    html.text("privateshare").end().line();
    if (scene.may(Right.PUT)) {
      html.begin("p").attribute("class", "space");
      html.text(PageAmounts.bytes(scene.free()) + " free").end().line();
    }
    if (scene.by().isSession()) {
      html.begin("form").attribute("class", "out").attribute("method", "post");
      html.attribute("action", "/.privateshare/session?end");
      html.element("button", "Sign out").end().line();
    }
    html.end().line();
  }

  /// The folders on the way, from the one that the key reaches.
  private void crumbs(Html html) throws IOException {
    html.begin("nav").attribute("class", "crumbs").attribute("aria-label", "Folders");
    html.begin("ol");
    int last = scene.folder().segments().size();
    for (int depth = scene.reach().segments().size(); depth <= last; depth++) {
      SharePath folder = new SharePath(scene.folder().segments().subList(0, depth));
      html.begin("li").begin("a");
      if (depth == last) {
        html.attribute("aria-current", "page");
      }
      html.attribute("href", scene.links().to(FolderScene.urlOf(folder)));
      html.name(FolderScene.titleOf(folder)).end().end();
    }
    html.end().end().line();
  }

  private void filter(Html html) throws IOException {
    html.begin("form").attribute("class", "filter").attribute("role", "search");
    html.attribute("method", "get");
    html.begin("label").attribute("for", "match").text("Filter by name").end();
    html.begin("input").attribute("id", "match").attribute("type", "search");
    html.attribute("name", "match");
    if (!asked.view().match().isEmpty()) {
      html.attribute("value", asked.view().match());
    }
    hidden(html, "sort", asked.view().sort().word());
    hidden(html, "order", asked.view().direction());
    if (scene.isByLink()) {
      hidden(html, KeyReader.PARAMETER, scene.links().key().orElse(""));
    }
    html.element("button", "Filter").end().line();
  }

  private static void hidden(Html html, String name, String value) throws IOException {
    html.begin("input").attribute("type", "hidden");
    html.attribute("name", name).attribute("value", value);
  }

  private void send(Html html) throws IOException {
    html.begin("form").attribute("class", "send").attribute("method", "post");
    html.attribute("enctype", "multipart/form-data").line();
    html.begin("fieldset").element("legend", "Where a name is taken").line();
    taken(html, "refuse", "leave the file out");
    taken(html, "rename", "keep both");
    if (scene.may(Right.REPLACE)) {
      taken(html, "replace", "replace it");
    }
    html.end().line();
    html.begin("label").attribute("for", "file").text("Files").end();
    html.begin("input").attribute("id", "file").attribute("type", "file");
    html.attribute("name", "file").attribute("multiple").attribute("required");
    html.element("button", "Upload").line().end().line();
  }

  private static void taken(Html html, String value, String text) throws IOException {
    html.begin("label").begin("input").attribute("type", "radio");
    html.attribute("name", "taken").attribute("value", value);
    if (value.equals("refuse")) {
      html.attribute("checked");
    }
    html.text(" " + text).end().line();
  }

  private void files(Html html, Rows rows) throws IOException {
    FolderTable table = new FolderTable(scene, asked.view(), found.total());
    html.begin("form").attribute("class", "files").attribute("method", "post");
    html.attribute("action", "?archive=zip").line();
    table.write(html, rows);
    if (found.next().isPresent()) {
      html.begin("p").attribute("class", "more").begin("a").attribute("rel", "next");
      html.attribute("href", scene.links().query(asked.next(found.next().get())));
      html.text("More").end().end().line();
    }
    if (table.hasChoice()) {
      archives(html);
    }
    html.end().line();
  }

  private static void archives(Html html) throws IOException {
    html.begin("p").attribute("class", "archives");
    archive(html, "?archive=zip", "Zip of what is chosen").text(" ");
    archive(html, "?archive=tar", "Tar of what is chosen").end().line();
  }

  private static Html archive(Html html, String target, String text) throws IOException {
    return html.begin("button").attribute("formaction", target).text(text).end();
  }
}
