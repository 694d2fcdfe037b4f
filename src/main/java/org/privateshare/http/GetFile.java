package org.privateshare.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.ByteRange;
import org.privateshare.model.Digest;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.share.Download;
import org.privateshare.share.Share;

/// GET and HEAD of a file: one version of it, whole or in ranges. The name of a folder without its
/// slash is sent on to the one with it.
record GetFile(Share share) implements Action {
  @Override
  public void requireAtHand(Call call) throws NotAtHand {
    if (!call.rawQuery().isEmpty() || !share.isAtHand(call.path())) {
      throw new NotAtHand();
    }
  }

  @Override
  public void permit(Call call) throws Refusal {
    // Whoever may list may be sent on to a folder; whoever may put may learn how far an upload is.
    if (!call.grant().permits(Right.LIST, call.path())
        && !call.grant().permits(Right.PUT, call.path())
        && !call.grant().permits(Right.REPLACE, call.path())) {
      call.grant().require(Right.GET, call.path());
    }
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    Instant now = Instant.now();
    Conditions conditions = Conditions.of(call.fields(), now);
    if (!call.grant().permits(Right.GET, call.path())) {
      return sendOn(call, new Refusal.Denied("this key may not get here"));
    }
    try (Download file = open(call)) {
      return answer(call, file, conditions, now);
    } catch (Refusal.Missing missing) {
      return sendOn(call, missing);
    }
  }

  private Download open(Call call) throws NotAtHand, Refusal, IOException {
    return call.mayWait()
        ? share.open(call.path())
        : share.openAtHand(call.path()).orElseThrow(NotAtHand::new);
  }

  /// To the same place with a slash, if that is a folder. A link's key goes along in the query,
  /// which has been read and so holds nothing but visible ASCII.
  private String sendOn(Call call, Refusal otherwise) throws Problem, Refusal, IOException {
    if (!call.mayWait()) {
      throw new NotAtHand();
    }
    if (!call.grant().permits(Right.LIST, call.path())
        || share.find(call.path()).filter(Entry.Folder.class::isInstance).isEmpty()) {
      Optional<Problem> underway = Underway.insteadOf(share, call.grant(), call.path());
      if (underway.isPresent()) {
        throw underway.get();
      }
      throw otherwise;
    }
    String query = call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery();
    call.reply().fields().put(HttpHeader.LOCATION, Target.url(call.path()) + "/" + query);
    call.reply().sayNothing(308);
    return "sent on";
  }

  private static String answer(Call call, Download file, Conditions conditions, Instant now)
      throws Problem, IOException {
    return switch (conditions.of(file.version(), file.modified())) {
      case FAILED -> throw Problem.of(new Refusal.Changed(call.path()), true);
      case NOT_MODIFIED -> {
        version(call.reply().fields(), file, now);
        call.reply().sayNothing(304);
        yield "not modified";
      }
      case SEND -> {
        ByteRanges ranges = ranges(call, file, conditions);
        if (ranges == ByteRanges.Plain.NONE) {
          throw unmet(file);
        }
        if (!call.mayWait() && ranges instanceof ByteRanges.Parts parts && parts.all().size() > 1) {
          throw new NotAtHand(); // they are written one after the other, waiting for each
        }
        version(call.reply().fields(), file, now);
        content(call, file);
        send(call, file, ranges);
        yield "sent";
      }
    };
  }

  private static ByteRanges ranges(Call call, Download file, Conditions conditions) {
    return call.isHead() || !conditions.allowRangesOf(file.version())
        ? ByteRanges.Plain.WHOLE
        : ByteRanges.of(call.fields().getValuesList(HttpHeader.RANGE), file.size());
  }

  private static Problem unmet(Download file) {
    return new Problem(
        416,
        "range",
        "the file has " + file.size() + " bytes, and none of them is in the range",
        new HttpField(HttpHeader.CONTENT_RANGE, "bytes */" + file.size()));
  }

  /// Which version it is, and how it may be used.
  private static void version(HttpFields.Mutable fields, Download file, Instant now) {
    Safety.ofFile(fields);
    fields.put(HttpHeader.ETAG, EntityTags.of(file.version()));
    // Never later than the answer itself (RFC 9110 section 8.8.2.1).
    Instant modified = file.modified().isAfter(now) ? now : file.modified();
    fields.put(HttpHeader.LAST_MODIFIED, HttpDates.print(modified));
  }

  private static void content(Call call, Download file) throws IOException {
    HttpFields.Mutable fields = call.reply().fields();
    String name = call.path().name();
    MediaType type = MediaType.of(name);
    fields.put(HttpHeader.ACCEPT_RANGES, "bytes");
    fields.put(HttpHeader.CONTENT_TYPE, type.contentType());
    fields.put("Content-Disposition", ContentDisposition.of(name, type.isShown()));
    List<Digest> digests = new ArrayList<>();
    file.digest().ifPresent(digests::add);
    List<String> wanted = call.fields().getValuesList("Want-Repr-Digest");
    if (DigestFields.isWanted(Digest.Algorithm.SHA_256, wanted)) {
      digests.add(file.sum(Digest.Algorithm.SHA_256));
    }
    if (!digests.isEmpty()) {
      fields.put("Repr-Digest", DigestFields.print(digests));
    }
  }

  private static void send(Call call, Download file, ByteRanges ranges) throws IOException {
    switch (ranges) {
      case ByteRanges.Plain _ -> {
        call.reply().status(200);
        sendOne(call, file, 0, file.size());
      }
      case ByteRanges.Parts(List<ByteRange> all) when all.size() == 1 -> {
        ByteRange range = all.getFirst();
        String which = Multipart.contentRange(range, file.size());
        call.reply().fields().put(HttpHeader.CONTENT_RANGE, which);
        call.reply().status(206);
        sendOne(call, file, range.first(), range.length());
      }
      case ByteRanges.Parts(List<ByteRange> all) -> {
        call.reply().status(206);
        sendParts(call, file, all);
      }
    }
  }

  private static void sendOne(Call call, Download file, long position, long count)
      throws IOException {
    call.reply().fields().put(HttpHeader.CONTENT_LENGTH, count);
    if (call.isHead() || count == 0) {
      call.reply().begin();
      return;
    }
    Optional<ByteBuffer> bytes = file.bytes();
    if (bytes.isPresent()) {
      call.reply().finish(bytes.get().slice((int) position, (int) count));
      return;
    }
    try (ReplyStream out = ReplyStream.of(call, count)) {
      out.write(file, position, count);
      out.flush();
    }
  }

  private static void sendParts(Call call, Download file, List<ByteRange> ranges)
      throws IOException {
    HttpFields.Mutable fields = call.reply().fields();
    String partType = String.valueOf(fields.get(HttpHeader.CONTENT_TYPE));
    Multipart parts = Multipart.of(ranges, file.size(), partType);
    fields.put(HttpHeader.CONTENT_TYPE, parts.contentType());
    fields.put(HttpHeader.CONTENT_LENGTH, parts.length());
    try (ReplyStream out = ReplyStream.of(call, parts.length())) {
      for (ByteRange range : ranges) {
        out.write(parts.head(range));
        out.write(file, range.first(), range.length());
      }
      out.write(parts.end());
      out.flush();
    }
  }
}
