package org.privateshare.http;

import java.io.IOException;
import org.privateshare.model.Refusal;
import org.privateshare.share.Share;
import org.privateshare.share.UploadState;

/// HEAD of an upload: where it goes on, and what was said of it when it began.
record ShowOffset(Share share) implements Action {
  @Override
  public void permit(Call call) throws Problem, Refusal {
    OneUpload.permit(call);
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    UploadState state = OneUpload.find(share, call);
    UploadFields.plan(call.reply().fields(), state);
    UploadFields.progress(call.reply().fields(), state);
    call.reply().sayNothing(200);
    return "told";
  }
}
