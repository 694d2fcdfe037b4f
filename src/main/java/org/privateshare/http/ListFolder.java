package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.share.Entries;
import org.privateshare.share.Share;
import org.privateshare.share.UploadState;

/// GET and HEAD of a folder: its entries as they come, or a page of them in the order of their
/// names. Memory holds a page at most.
record ListFolder(Share share) implements Action {
  private static final int MOST_ON_A_PAGE = 10_000;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

  @Override
  public void permit(Call call) throws Refusal {
    call.grant().require(Right.LIST, call.path());
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    OptionalInt limit = limit(call.query());
    Optional<Cursor> cursor = cursor(call);
    boolean asJson = call.query().isOn("json") || Accepted.json(call.fields());
    try (Entries entries = share.list(call.path())) {
      HttpFields.Mutable fields = call.reply().fields();
      Safety.ofListing(fields);
      fields.put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
      fields.put(HttpHeader.CONTENT_TYPE, asJson ? Json.CONTENT_TYPE : Reply.TEXT);
      call.reply().status(200);
      if (limit.isPresent() || cursor.isPresent()) {
        sendPage(call, entries, limit.orElse(MOST_ON_A_PAGE), cursor, asJson);
      } else {
        sendAll(call, entries, asJson);
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

  /// What is on its way into the folder; people see it in the list of uploads.
  private List<UploadState> uploads(Call call, boolean asJson) throws IOException {
    return asJson
        ? Underway.all(share, call.grant(), to -> to.parent().equals(call.path()))
        : List.of();
  }

  private void sendAll(Call call, Entries entries, boolean asJson) throws IOException {
    if (call.isHead()) {
      call.reply().begin();
      return;
    }
    try (ReplyStream out = ReplyStream.of(call, Long.MAX_VALUE)) {
      ListingWriter writer = writer(call, out, asJson);
      for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
        writer.entry(entry.get());
      }
      writer.finish(Optional.empty(), uploads(call, asJson));
      out.flush();
    }
  }

  private void sendPage(
      Call call, Entries entries, int limit, Optional<Cursor> cursor, boolean asJson)
      throws IOException {
    Page page = new Page(cursor.map(Cursor::after).orElse(""), limit);
    for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
      page.offer(entry.get());
    }
    Optional<String> next = page.next().map(name -> new Cursor(name).text(call.path()));
    if (!asJson && next.isPresent()) {
      String link = "<?limit=" + limit + "&cursor=" + next.get() + ">; rel=\"next\"";
      call.reply().fields().put(HttpHeader.LINK, link);
    }
    if (call.isHead()) {
      call.reply().begin();
      return;
    }
    try (ReplyStream out = ReplyStream.of(call, Long.MAX_VALUE)) {
      ListingWriter writer = writer(call, out, asJson);
      for (Entry entry : page.entries()) {
        writer.entry(entry);
      }
      writer.finish(next, next.isPresent() ? List.of() : uploads(call, asJson));
      out.flush();
    }
  }

  private static ListingWriter writer(Call call, ReplyStream out, boolean asJson)
      throws IOException {
    return asJson ? new JsonListing(out, call.path()) : new PlainListing(out);
  }
}
