package org.privateshare.http;

import java.io.IOException;
import java.util.OptionalLong;
import org.privateshare.model.Refusal;
import org.privateshare.share.Share;
import org.privateshare.share.UploadState;

/// PATCH of an upload: the body is its next bytes.
record ContinueUpload(Share share) implements Action {
  @Override
  public boolean takesBody() {
    return true;
  }

  @Override
  public void permit(Call call) throws Problem, Refusal {
    OneUpload.permit(call);
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    Tus.requirePart(call.fields());
    UploadPart part = UploadPart.ofTus(call);
    long offset = Tus.offset(call.fields());
    OptionalLong length = Tus.number(call.fields(), Tus.LENGTH);
    UploadState state = OneUpload.find(share, call);
    if (Tus.isBeside(call.fields())) {
      return beside(call, part, state, offset);
    }
    requireOpen(state, offset);
    if (length.isPresent()) {
      state = share.uploads().announce(state.id(), call.grant().id(), length.getAsLong());
    }
    state = part.into(share, state);
    UploadFields.progress(call.reply().fields(), state);
    call.reply().sayNothing(204);
    return state.receipt().isPresent() ? "stored" : "continued";
  }

  /// One of several requests that bring parts of one upload at once.
  private String beside(Call call, UploadPart part, UploadState state, long offset)
      throws Problem, Refusal, IOException {
    UploadPart.End end = part.beside(share, state, offset);
    UploadFields.progress(call.reply().fields(), end.state());
    call.reply().fields().put(Tus.OFFSET, end.offset());
    call.reply().sayNothing(204);
    return end.state().receipt().isPresent() ? "stored" : "continued";
  }

  private static void requireOpen(UploadState state, long offset) throws Refusal {
    if (state.receipt().isPresent()) {
      throw new Refusal.Denied("this upload is finished");
    }
    if (state.offset() != offset) {
      throw new Refusal.WrongOffset(state.offset());
    }
  }
}
