package org.privateshare.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Refusal;
import org.privateshare.share.Share;
import org.privateshare.share.UploadState;

/// GET of an upload: how far it is.
record ShowUpload(Share share) implements Action {
  @Override
  public void permit(Call call) throws Refusal {
    UploadRights.require(call.grant());
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    UploadState state = OneUpload.find(share, call);
    call.reply().fields().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
    if (call.query().isOn("json") || Accepted.json(call.fields())) {
      call.reply().say(200, Json.CONTENT_TYPE, UploadText.json(state) + "\n");
    } else {
      call.reply().say(200, Reply.TEXT, UploadText.line(state));
    }
    return "told";
  }
}
