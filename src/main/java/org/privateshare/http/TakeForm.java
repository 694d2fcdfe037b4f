package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.page.PageFrame;
import org.privateshare.share.Receipt;
import org.privateshare.share.Share;

/// POST of a form to a folder: each file in it becomes one of the folder's, once the form is known
/// to be whole. See `docs/page.md`.
record TakeForm(Share share) implements Action {
  @Override
  public boolean takesBody() {
    return true;
  }

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly();
    PathReader.requireDecoded(call.path());
    call.grant().require(Right.PUT, call.path().child(UnpackArchive.ANY_NAME));
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    String type = call.fields().get(HttpHeader.CONTENT_TYPE);
    String boundary = FormReader.boundary(String.valueOf(type));
    UnpackArchive.requirePlain(call);
    share.requireWritable();
    requireRoom(call.request().getLength());
    answer(call, take(call, boundary, BodyDigests.of(call.fields())));
    return "stored";
  }

  private void requireRoom(long length) throws Refusal, IOException {
    if (length > share.freeBytes()) {
      throw new Refusal.NoSpace("the share has no room for " + length + " bytes");
    }
  }

  private List<FormResult> take(Call call, String boundary, BodyDigests digests)
      throws Problem, Refusal, IOException {
    RetainableByteBuffer buffer =
        call.request()
            .getComponents()
            .getByteBufferPool()
            .acquire(UnpackArchive.BUFFER_BYTES, true);
    try (FormFiles files = new FormFiles(share, call.path(), call.grant())) {
      FormReader.read(
          boundary, into -> digests.read(call.body(), into), buffer.getByteBuffer().clear(), files);
      digests.verify();
      return files.publish();
    } finally {
      var _ = buffer.release();
    }
  }

  private static void answer(Call call, List<FormResult> results) throws PeerGone {
    call.reply().fields().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
    StringBuilder text = new StringBuilder();
    if (Accepted.json(call.fields())) {
      UnpackTally tally = new UnpackTally();
      for (FormResult result : results) {
        UnpackLine line = result.line();
        tally.count(line);
        text.append(line.text());
      }
      call.reply().say(200, UnpackArchive.LINES, text + tally.line());
    } else if (Accepted.html(call.fields())) {
      Safety.ofPage(call.reply().fields());
      call.reply().say(200, PageFrame.CONTENT_TYPE, new FormHtml(call.path(), results).text());
    } else {
      results.forEach(result -> text.append(line(result)));
      call.reply().say(200, Reply.TEXT, text.toString());
    }
  }

  private static String line(FormResult result) {
    return switch (result) {
      case FormResult.Stored(Receipt receipt) -> PutFile.text(receipt);
      case FormResult.Refused(String name, Refusal why) ->
          why.code() + " " + Printable.escape(name) + ": " + why.reason() + "\n";
    };
  }
}
