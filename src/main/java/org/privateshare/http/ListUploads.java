package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Refusal;
import org.privateshare.share.Share;
import org.privateshare.share.UploadState;

/// GET and HEAD of the uploads: those that the key may see and go on with, the oldest first.
record ListUploads(Share share) implements Action {
  @Override
  public void permit(Call call) throws Refusal {
    UploadRights.require(call.grant());
  }

  @Override
  public String answer(Call call) throws Problem, IOException {
    boolean asJson = call.query().isOn("json") || Accepted.json(call.fields());
    List<UploadState> uploads =
        share.uploads().list(call.grant().id()).stream()
            .filter(upload -> UploadRights.permits(call.grant(), upload.plan()))
            .toList();
    call.reply().fields().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
    call.reply().fields().put(HttpHeader.CONTENT_TYPE, asJson ? Json.CONTENT_TYPE : Reply.TEXT);
    call.reply().status(200);
    if (call.isHead()) {
      call.reply().begin();
      return "listed";
    }
    try (ReplyStream out = ReplyStream.of(call, Long.MAX_VALUE)) {
      if (asJson) {
        json(uploads, out);
      } else {
        for (UploadState upload : uploads) {
          out.write(UploadText.line(upload).getBytes(UTF_8));
        }
      }
      out.flush();
    }
    return "listed";
  }

  private static void json(List<UploadState> uploads, ReplyStream out) throws IOException {
    JsonGenerator json = Json.writer(out);
    json.writeStartObject();
    UploadText.writeAll(json, uploads);
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
