package org.privateshare.http;

import java.io.IOException;
import java.time.Instant;
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
import org.privateshare.share.UploadPlan;
import org.privateshare.share.UploadState;
import org.privateshare.share.Uploader;

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
    PathReader.requireDecoded(call.path());
    boolean replaces = call.query().isOn(REPLACE);
    boolean demandsOld = call.fields().contains(HttpHeader.IF_MATCH);
    if (replaces || !demandsOld) {
      call.grant().require(Right.PUT, call.path());
    }
    if (replaces || demandsOld) {
      call.grant().require(Right.REPLACE, call.path());
    }
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    requireIdentity(call);
    ChangeConditions conditions = ChangeConditions.ofPut(call, call.query().isOn(REPLACE));
    Optional<ContentRange> range = ContentRange.of(call.fields());
    if (range.isPresent() && call.request().getLength() != range.get().count()) {
      throw Problem.badRequest("the body is not as long as Content-Range says");
    }
    try {
      if (range.isPresent() && !range.get().isWhole()) {
        return answer(call, new PutPart(share, call, conditions.must()).take(range.get()));
      }
      Receipt receipt = receive(call, conditions.must());
      if (call.fields().contains(ClientMtime.FIELD) && length(call).isPresent()) {
        call.reply().fields().put(ClientMtime.FIELD, ClientMtime.ACCEPTED);
      }
      answer(call, receipt);
    } catch (Refusal.Changed e) {
      throw conditions.problem(e);
    } catch (Refusal.Taken e) {
      throw conditions.problem(e);
    }
    return "stored";
  }

  /// Everything that can be known is checked by the time that the upload is there; the first read
  /// of the body lets those send who wait for it.
  private Receipt receive(Call call, Precondition must) throws Problem, Refusal, IOException {
    BodyDigests digests = BodyDigests.of(call.fields());
    try (Upload upload = begin(call, must)) {
      receive(call, upload, digests);
      digests.verify();
      return upload.finish(Optional.empty());
    }
  }

  /// What came of a body that is cut off may be worth going on with.
  private static void receive(Call call, Upload upload, BodyDigests digests)
      throws Refusal, IOException {
    try {
      UploadPart.receive(call, upload, digests, Long.MAX_VALUE);
    } catch (BodyCut cut) {
      var _ = upload.suspend();
      throw cut;
    }
  }

  /// What is as long as its sender knows can go on after a cut.
  private Upload begin(Call call, Precondition must) throws Problem, Refusal, IOException {
    OptionalLong length = length(call);
    Optional<Instant> modified = ClientMtime.of(call.fields());
    return length.isPresent()
        ? share.upload(
            UploadPlan.of(call.path(), length.getAsLong(), must).withModified(modified),
            Uploader.of(call.grant().capability()))
        : share.replace(call.path(), length, must);
  }

  /// Lets only a body pass that is in no content coding.
  ///
  /// @throws Problem 415
  static void requireIdentity(Call call) throws Problem {
    List<String> codings = call.fields().getCSV(HttpHeader.CONTENT_ENCODING, false);
    if (!codings.stream().allMatch("identity"::equalsIgnoreCase)) {
      throw new Problem(415, "encoding", "a file comes as it is, in no content coding");
    }
  }

  /// How long the body is said to be. Without a length a body of HTTP/1.0 ends with its connection,
  /// be it whole or cut.
  ///
  /// @throws Problem 411 where nobody could tell
  static OptionalLong length(Call call) throws Problem {
    long length = call.request().getLength();
    if (length < 0 && call.isOld()) {
      throw new Problem(411, "length", "HTTP/1.0 has to say how long the file is");
    }
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  private static String answer(Call call, UploadState state) throws PeerGone {
    if (state.receipt().isPresent()) {
      answer(call, state.receipt().get());
      return "stored";
    }
    call.reply().fields().put(HttpHeader.LOCATION, UploadFields.url(state.id()));
    UploadFields.progress(call.reply().fields(), state);
    if (Accepted.json(call.fields())) {
      call.reply().say(202, Json.CONTENT_TYPE, UploadText.json(state) + "\n");
    } else {
      call.reply().say(202, Reply.TEXT, UploadText.line(state));
    }
    return "continued";
  }

  private static void answer(Call call, Receipt receipt) throws PeerGone {
    String url = Target.url(receipt.path());
    String tag = EntityTags.of(receipt.version());
    call.reply().fields().put(HttpHeader.LOCATION, url);
    UploadFields.stored(call.reply().fields(), receipt);
    if (Accepted.json(call.fields())) {
      call.reply().say(status(receipt), "application/json", json(receipt, url, tag));
    } else {
      call.reply().say(status(receipt), Reply.TEXT, text(receipt));
    }
  }

  private static int status(Receipt receipt) {
    return receipt.replaced() ? 200 : 201;
  }

  /// The receipt in one line.
  static String text(Receipt receipt) {
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
