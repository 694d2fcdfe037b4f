package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.share.Entries;
import org.privateshare.share.Share;
import org.privateshare.share.TreeEntries;
import org.privateshare.share.UploadState;

/// GET and HEAD of a folder: its entries as they come, or a page of them in the order of their
/// names, or all below it. Memory holds a page at most.
record ListFolder(Share share) implements Action {
  private static final int MOST_ON_A_PAGE = 10_000;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
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
    OptionalInt limit = limit(call.query());
    Optional<Cursor> cursor = cursor(call);
    boolean asJson = call.query().isOn("json") || Accepted.json(call.fields());
    boolean isPage = limit.isPresent() || cursor.isPresent();
    if (call.query().isOn(TREE)) {
      if (isPage) {
        throw Problem.badRequest("a tree has no pages");
      }
      sendTree(call, asJson);
      return "listed";
    }
    try (Entries entries = share.list(call.path())) {
      begin(call, asJson);
      if (isPage) {
        sendPage(call, entries, limit.orElse(MOST_ON_A_PAGE), cursor, asJson);
      } else {
        send(call, Rows.of(entries), Optional.empty(), true, asJson);
      }
    }
    return "listed";
  }

  private static OptionalInt limit(Query query) throws Problem {
    Optional<String> text = query.value("limit");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!NUMBER.matcher(text.get()).matches() || Integer.parseInt(text.get()) > MOST_ON_A_PAGE) {
      throw Problem.badRequest("limit is a number from 1 to " + MOST_ON_A_PAGE);
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  private static Optional<Cursor> cursor(Call call) throws Problem {
    Optional<String> text = call.query().value("cursor");
    Optional<Cursor> cursor = text.flatMap(known -> Cursor.parse(known, call.path()));
    if (text.isPresent() && cursor.isEmpty()) {
      throw Problem.badRequest("the cursor is none of this folder's");
    }
    return cursor;
  }

  /// The head of every listing.
  private static void begin(Call call, boolean asJson) {
    HttpFields.Mutable fields = call.reply().fields();
    Safety.ofListing(fields);
    fields.put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
    fields.put(HttpHeader.CONTENT_TYPE, asJson ? Json.CONTENT_TYPE : Reply.TEXT);
    call.reply().status(200);
  }

  private void sendTree(Call call, boolean asJson) throws Problem, Refusal, IOException {
    try (TreeEntries tree = share.tree(call.path(), TreeEntries.Order.FOLDER_FIRST)) {
      begin(call, asJson);
      send(call, Rows.of(tree, call.path()), Optional.empty(), false, asJson);
    }
  }

  private void sendPage(
      Call call, Entries entries, int limit, Optional<Cursor> cursor, boolean asJson)
      throws Problem, IOException {
    Page page = new Page(cursor.map(Cursor::after).orElse(""), limit);
    for (var name = entries.nextName(); name.isPresent(); name = entries.nextName()) {
      page.offer(name.get());
    }
    Optional<String> next = page.next().map(name -> new Cursor(name).text(call.path()));
    if (!asJson && next.isPresent()) {
      String link = "<?limit=" + limit + "&cursor=" + next.get() + ">; rel=\"next\"";
      call.reply().fields().put(HttpHeader.LINK, link);
    }
    send(call, Rows.of(page.names().iterator(), share, call.path()), next, next.isEmpty(), asJson);
  }

  /// Sends the rows and what comes behind them.
  ///
  /// @param next the cursor of the next page, where there is one
  /// @param withUploads whether to tell what is on its way into the folder
  private void send(
      Call call, Rows rows, Optional<String> next, boolean withUploads, boolean asJson)
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
      writer.finish(next, withUploads && asJson ? uploads(call) : List.of());
    }
  }

  /// What is on its way into the folder; people see it in the list of uploads.
  private List<UploadState> uploads(Call call) throws IOException {
    return Underway.all(share, call.grant(), to -> to.parent().equals(call.path()));
  }
}
