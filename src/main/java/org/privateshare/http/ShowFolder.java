package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Fingerprint;
import org.privateshare.model.Refusal;
import org.privateshare.page.PageFrame;
import org.privateshare.share.Share;

/// A folder for a browser: a page of its entries, sorted by name unless another order is asked for.
record ShowFolder(Share share, Fingerprint fingerprint) {
  private static final int ROWS = 1_000;

  /// Answers with the page.
  void answer(Call call) throws Problem, Refusal, IOException {
    PageRequest asked = PageRequest.of(call.query(), call.path(), Sort.NAME, ROWS);
    FolderPage found = FolderPage.pick(share, asked, call.path());
    HttpFields.Mutable fields = call.reply().fields();
    Safety.ofPage(fields);
    fields.put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
    fields.put(HttpHeader.CONTENT_TYPE, PageFrame.CONTENT_TYPE);
    call.reply().status(200);
    if (call.isHead()) {
      call.reply().begin();
      return;
    }
    FolderHtml page = new FolderHtml(FolderScene.of(call, share, fingerprint), asked, found);
    try (ReplyStream out = ReplyStream.of(call, Long.MAX_VALUE)) {
      Writer text = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
      page.write(text, found.rows(share, call.path()));
      text.flush();
    }
  }
}
