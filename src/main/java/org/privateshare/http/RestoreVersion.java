package org.privateshare.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;
import org.privateshare.share.Share;

/// POST to the history: brings an old version back, to where it was or elsewhere.
record RestoreVersion(Share share) implements Action {
  private static final String RESTORE = "restore";
  private static final String TO = "to";

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly(RESTORE, TO);
    call.grant().require(Right.DELETE, call.path());
    call.grant().require(Right.PUT, goal(call));
  }

  private static SharePath goal(Call call) throws Problem, Refusal.BadName {
    String other = call.query().value(TO).orElse("");
    return call.query().has(TO) ? SharePath.parse(other) : call.path();
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    String id =
        call.query()
            .value(RESTORE)
            .orElseThrow(() -> Problem.badRequest("restore says which version comes back"));
    SharePath goal = goal(call);
    share.restore(call.path(), id, goal);
    call.reply().fields().put(HttpHeader.LOCATION, Target.url(goal));
    call.reply().say(201, Reply.TEXT, "restored " + Printable.escape(goal.toString()) + "\n");
    return "restored";
  }
}
