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
    ChangeConditions conditions = ChangeConditions.ofTaking(call, call.target().endsWithSlash());
    try {
      share.remove(call.path(), conditions.must());
    } catch (Refusal.Changed e) {
      throw conditions.problem(e);
    } catch (Refusal.Taken e) {
      throw conditions.problem(e);
    }
    call.reply().sayNothing(204);
    return "removed";
  }
}
