package org.privateshare.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.privateshare.model.Printable;
import org.privateshare.share.Run;
import org.privateshare.share.UploadState;

/// How an upload stands, for people and for programs:
///
/// ```json
/// {"id":"0f1e...","path":"inbox/big.iso","offset":33554432,"length":1073741824,"label":"phone",
///  "started":"...","expires":"...","busy":false,"digest":"crc32c:4a6f7d10"}
/// ```
///
/// The digest is that of the bytes before the offset. A part of a whole has no `path`, one that
/// doesn't know its length no `length`; one that has become a file has its `etag` besides, and one
/// that has gaps its `runs`: `[{"start":0,"end":7,"digest":"crc32c:..."}]`.
final class UploadText {
  private UploadText() {}

  /// One line: id, offset, length, when it expires, and the path; `-` for what there is none of.
  static String line(UploadState upload) {
    String length =
        upload.plan().length().isPresent()
            ? Long.toString(upload.plan().length().getAsLong())
            : "-";
    String path = upload.plan().target().map(to -> Printable.escape(to.toString())).orElse("-");
    return String.join(
        " ",
        upload.id().text(),
        Long.toString(upload.offset()),
        length,
        upload.expires().toString(),
        path + "\n");
  }

  /// One object on one line.
  static String json(UploadState upload) {
    return JsonText.object(json -> write(json, upload)).strip();
  }

  /// The member `uploads` of an object that has been begun.
  static void writeAll(JsonGenerator json, List<UploadState> uploads) throws IOException {
    json.writeArrayFieldStart("uploads");
    for (UploadState upload : uploads) {
      json.writeRawValue(json(upload));
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, UploadState upload) throws IOException {
    json.writeStringField("id", upload.id().text());
    if (upload.plan().target().isPresent()) {
      json.writeStringField("path", upload.plan().target().get().toString());
    }
    json.writeNumberField("offset", upload.offset());
    if (upload.plan().length().isPresent()) {
      json.writeNumberField("length", upload.plan().length().getAsLong());
    }
    json.writeStringField("label", upload.by().label());
    json.writeStringField("started", upload.started().toString());
    json.writeStringField("expires", upload.expires().toString());
    json.writeBooleanField("busy", upload.isBusy());
    json.writeStringField("digest", upload.digest().toString());
    if (!upload.runs().isEmpty() && upload.runs().getLast().end() > upload.offset()) {
      writeRuns(json, upload.runs());
    }
    if (upload.receipt().isPresent()) {
      json.writeStringField("etag", EntityTags.of(upload.receipt().get().version()));
    }
  }

  private static void writeRuns(JsonGenerator json, List<Run> runs) throws IOException {
    json.writeArrayFieldStart("runs");
    for (Run run : runs) {
      json.writeStartObject();
      json.writeNumberField("start", run.start());
      json.writeNumberField("end", run.end());
      json.writeStringField("digest", run.digest().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
