package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Fingerprint;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.share.Entries;
import org.privateshare.share.Share;
import org.privateshare.share.TreeEntries;
import org.privateshare.share.UploadState;

/// GET and HEAD of a folder: its entries as they come, or a page of them, or all below it, for
/// programs, people and browsers. Memory holds a page at most.
record ListFolder(Share share, Supplier<Fingerprint> fingerprint) implements Action {
  private static final String TREE = "recursive";
  private static final String SUMS = "digest";

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.grant().require(Right.LIST, call.path());
    if (call.query().isOn(SUMS)) {
      call.grant().require(Right.GET, call.path());
    }
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    boolean asJson = call.query().isOn("json") || Accepted.json(call.fields());
    boolean isPage = PageRequest.isMeant(call.query());
    if (call.query().isOn(TREE)) {
      if (isPage) {
        throw Problem.badRequest("a tree has no pages");
      }
      sendTree(call, asJson);
    } else if (!asJson && Accepted.html(call.fields())) {
      new ShowFolder(share, fingerprint.get()).answer(call);
    } else if (isPage) {
      sendPage(call, asJson);
    } else {
      sendAll(call, asJson);
    }
    return "listed";
  }

  private void sendTree(Call call, boolean asJson) throws Problem, Refusal, IOException {
    try (TreeEntries tree = share.tree(call.path(), TreeEntries.Order.FOLDER_FIRST)) {
      begin(call, asJson);
      send(call, Rows.of(tree, call.path()), ListingEnd.NOTHING, asJson);
    }
  }

  private void sendAll(Call call, boolean asJson) throws Problem, Refusal, IOException {
    try (Entries entries = share.list(call.path())) {
      begin(call, asJson);
      send(call, Rows.of(entries), ListingEnd.of(uploads(call)), asJson);
    }
  }

  private void sendPage(Call call, boolean asJson) throws Problem, Refusal, IOException {
    PageRequest asked =
        PageRequest.of(call.query(), call.path(), Sort.CODE_POINTS, PageRequest.MOST_ENTRIES);
    List<UploadState> uploads = uploads(call);
    FolderPage page = FolderPage.pick(share, asked, call.path());
    begin(call, asJson);
    if (!asJson && page.next().isPresent()) {
      String link = "<?" + asked.next(page.next().get()) + ">; rel=\"next\"";
      call.reply().fields().put(HttpHeader.LINK, link);
    }
    send(call, page.rows(share, call.path()), ListingEnd.of(page, uploads), asJson);
  }

  /// What is on its way into the folder. Asked for before the entries, so that what arrives
  /// meanwhile is in one of the two.
  private List<UploadState> uploads(Call call) throws IOException {
    return Underway.all(share, call.grant(), to -> to.parent().equals(call.path()));
  }

  /// The head of every listing.
  private static void begin(Call call, boolean asJson) {
    HttpFields.Mutable fields = call.reply().fields();
    Safety.ofListing(fields);
    fields.put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
    fields.put(HttpHeader.CONTENT_TYPE, asJson ? Json.CONTENT_TYPE : Reply.TEXT);
    call.reply().status(200);
  }

  private void send(Call call, Rows rows, ListingEnd end, boolean asJson)
      throws Problem, IOException {
    if (call.isHead()) {
      call.reply().begin();
      return;
    }
    boolean withSums = asJson && call.query().isOn(SUMS);
    Rows sent = withSums ? new SummedRows(rows, share, call.path()) : rows;
    try (ReplyStream out = ReplyStream.of(call, Long.MAX_VALUE)) {
      ListingWriter rowWriter = asJson ? new JsonListing(out, call.path()) : new PlainListing(out);
      ListingWriter writer = new PromptListing(rowWriter, out, System::nanoTime);
      for (var row = sent.next(); row.isPresent(); row = sent.next()) {
        writer.row(row.get());
      }
      writer.finish(end);
    }
  }
}
