package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.access.Grant;
import org.privateshare.model.Moment;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.share.KeptVersions;
import org.privateshare.share.Share;

/// GET of the history: the old versions of a file, or of all files below a folder, as they come. A
/// key sees those that it could have made by deleting.
record ShowHistory(Share share) implements Action {
  @Override
  public void permit(Call call) throws Refusal {
    call.grant().require(Right.LIST, call.path());
    if (!call.grant().capability().terms().rights().contains(Right.DELETE)) {
      throw new Refusal.Denied("this key may not delete, so it has no history");
    }
  }

  @Override
  public String answer(Call call) throws Problem, IOException {
    boolean asJson = call.query().isOn("json") || Accepted.json(call.fields());
    try (KeptVersions versions = share.history(call.path())) {
      call.reply().fields().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
      call.reply().fields().put(HttpHeader.CONTENT_TYPE, asJson ? Json.CONTENT_TYPE : Reply.TEXT);
      call.reply().status(200);
      if (call.isHead()) {
        call.reply().begin();
        return "listed";
      }
      try (ReplyStream out = ReplyStream.of(call, Long.MAX_VALUE)) {
        if (asJson) {
          json(call.grant(), versions, out);
        } else {
          plain(call.grant(), versions, out);
        }
        out.flush();
      }
    }
    return "listed";
  }

  /// The next one that the key may know of.
  private static Optional<OldVersion> next(Grant grant, KeptVersions versions) throws IOException {
    Optional<OldVersion> next;
    do {
      next = versions.next();
    } while (next.isPresent() && !isSeen(grant, next.get()));
    return next;
  }

  private static boolean isSeen(Grant grant, OldVersion version) {
    return grant.permits(Right.LIST, version.path()) && grant.permits(Right.DELETE, version.path());
  }

  private static void json(Grant grant, KeptVersions versions, ReplyStream out) throws IOException {
    JsonGenerator json = Json.writer(out);
    json.writeStartObject();
    json.writeArrayFieldStart("versions");
    for (var next = next(grant, versions); next.isPresent(); next = next(grant, versions)) {
      OldVersion version = next.get();
      json.writeStartObject();
      json.writeStringField("path", version.path().toString());
      json.writeStringField("id", version.id());
      json.writeNumberField("size", version.size());
      json.writeStringField("modified", Moment.print(version.modified()));
      json.writeStringField("kept", Moment.print(version.kept()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }

  private static void plain(Grant grant, KeptVersions versions, ReplyStream out)
      throws IOException {
    for (var next = next(grant, versions); next.isPresent(); next = next(grant, versions)) {
      OldVersion version = next.get();
      String path = Printable.escape(version.path().toString());
      String line = version.id() + " " + version.size() + " " + version.kept() + " " + path + "\n";
      out.write(line.getBytes(UTF_8));
    }
  }
}
