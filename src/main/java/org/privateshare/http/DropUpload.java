package org.privateshare.http;

import java.io.IOException;
import org.privateshare.model.Refusal;
import org.privateshare.share.Share;
import org.privateshare.share.UploadState;

/// DELETE of an upload: drops it and what came of it.
record DropUpload(Share share) implements Action {
  @Override
  public void permit(Call call) throws Problem, Refusal {
    OneUpload.permit(call);
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    UploadState state = OneUpload.find(share, call);
    if (state.receipt().isPresent()) {
      throw new Problem(410, "gone", "this upload is a file now");
    }
    share.uploads().drop(state.id(), call.grant().id());
    call.reply().sayNothing(204);
    return "dropped";
  }
}
