package org.privateshare.http;

import java.io.IOException;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.share.Share;

/// DELETE: takes a file into the history, or removes an empty folder.
record RemoveEntry(Share share) implements Action {
  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly();
    call.grant().require(Right.DELETE, call.path());
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    ChangeConditions must = ChangeConditions.of(call);
    must.make(condition -> share.remove(call.path(), condition));
    call.reply().sayNothing(204);
    return "removed";
  }
}
