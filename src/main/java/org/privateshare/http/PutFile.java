package org.privateshare.http;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Precondition;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.share.Receipt;
import org.privateshare.share.Share;
import org.privateshare.share.Upload;

/// PUT: makes the body a file, or the new version of one.
record PutFile(Share share) implements Action {
  private static final String REPLACE = "replace";

  @Override
  public boolean takesBody() {
    return true;
  }

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly(REPLACE);
    call.grant().require(Right.PUT, call.path());
    if (call.query().isOn(REPLACE)) {
      call.grant().require(Right.REPLACE, call.path());
    }
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    requireWholeFile(call);
    Precondition must =
        call.query().isOn(REPLACE) ? Precondition.Existence.ANY : Precondition.Existence.ABSENT;
    Receipt receipt;
    // Everything that can be known is checked when the upload is there; the first read of the body
    // lets those who wait for it send.
    try (Upload upload = share.replace(call.path(), length(call), must)) {
      call.body().forEach(upload::write);
      receipt = upload.finish(Optional.empty());
    }
    answer(call, receipt);
    return "stored";
  }

  private static void requireWholeFile(Call call) throws Problem {
    if (call.fields().contains(HttpHeader.CONTENT_RANGE)) {
      throw Problem.badRequest("a file comes whole or not at all, not in ranges");
    }
    List<String> codings = call.fields().getCSV(HttpHeader.CONTENT_ENCODING, false);
    if (!codings.stream().allMatch("identity"::equalsIgnoreCase)) {
      throw new Problem(415, "encoding", "a file comes as it is, in no content coding");
    }
  }

  /// Without a length a body of HTTP/1.0 ends with its connection, be it whole or cut.
  private static OptionalLong length(Call call) throws Problem {
    long length = call.request().getLength();
    if (length < 0 && call.isOld()) {
      throw new Problem(411, "length", "HTTP/1.0 has to say how long the file is");
    }
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  private static void answer(Call call, Receipt receipt) throws PeerGone {
    String url = Target.url(receipt.path());
    String tag = '"' + receipt.version() + '"';
    String sum =
        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(receipt.digest().hex()));
    call.reply().fields().put(HttpHeader.LOCATION, url);
    call.reply().fields().put(HttpHeader.ETAG, tag);
    call.reply()
        .fields()
        .put("Repr-Digest", receipt.digest().algorithm().label() + "=:" + sum + ":");
    if (Accepted.json(call.fields())) {
      call.reply().say(status(receipt), "application/json", json(receipt, url, tag));
    } else {
      call.reply().say(status(receipt), Reply.TEXT, text(receipt));
    }
  }

  private static int status(Receipt receipt) {
    return receipt.replaced() ? 200 : 201;
  }

  private static String text(Receipt receipt) {
    String path = Printable.escape(receipt.path().toString());
    return "stored " + path + ": " + receipt.size() + " bytes, " + receipt.digest() + "\n";
  }

  private static String json(Receipt receipt, String url, String tag) {
    return JsonText.object(
        json -> {
          json.writeStringField("path", receipt.path().toString());
          json.writeStringField("url", url);
          json.writeNumberField("size", receipt.size());
          json.writeStringField("digest", receipt.digest().toString());
          json.writeStringField("etag", tag);
        });
  }
}
