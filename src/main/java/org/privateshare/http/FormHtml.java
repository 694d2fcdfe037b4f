package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.page.Html;
import org.privateshare.page.PageFrame;
import org.privateshare.share.Receipt;

/// What became of the files of a form, as a page.
///
/// @param folder where they went
record FormHtml(SharePath folder, List<FormResult> results) {
  /// The whole page.
  String text() {
    return PageFrame.of("Upload - privateshare")
        .style("plain.css")
        .attribute("class", "result")
        .text(this::content);
  }

  private void content(Html html) throws IOException {
    html.begin("main").line();
    html.begin("h1").text("Upload into ").name(FolderScene.titleOf(folder)).end().line();
    if (results.isEmpty()) {
      html.element("p", "No file was chosen.").line();
    } else {
      html.begin("ul").attribute("class", "results").line();
      for (FormResult result : results) {
        line(html, result);
      }
      html.end().line();
    }
    html.begin("p").begin("a").attribute("class", "button primary");
    html.attribute("href", FolderScene.urlOf(folder)).text("Back to the folder").end().end().line();
    html.end();
  }

  private static void line(Html html, FormResult result) throws IOException {
    html.begin("li").attribute("class", result.line().kind().word());
    switch (result) {
      case FormResult.Stored(Receipt receipt) -> {
        String done = receipt.replaced() ? "Has replaced another, " : "Stored, ";
        line(html, receipt.path().name(), done + PageAmounts.bytes(receipt.size()));
      }
      case FormResult.Refused(String name, Refusal why) ->
          line(html, name, "Not stored: " + why.reason());
    }
    html.end().line();
  }

  private static void line(Html html, String name, String outcome) throws IOException {
    html.begin("b").name(name).end().text(" ").element("span", outcome);
  }
}
