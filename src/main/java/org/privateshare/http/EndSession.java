package org.privateshare.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.access.Access;
import org.privateshare.model.Refusal;

/// POST to the session with `?end`: signs a browser out, here and there.
record EndSession(Access access) implements Action {
  static final String END = "end";

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.requireNothingBehind();
    call.query().requireOnly(END);
    var _ = call.query().isOn(END);
    if (!call.grant().isSession()) {
      throw new Refusal.Denied("only a session can be signed out");
    }
  }

  @Override
  public String answer(Call call) throws Refusal, IOException {
    // Also where the server can't take the session back: then it is forgotten at least here.
    call.reply().fields().add(SessionCookie.take(call.request()));
    access.endSession(call.grant());
    call.reply().fields().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
    if (Accepted.json(call.fields())) {
      call.reply().sayNothing(204);
    } else {
      call.reply().fields().put(HttpHeader.LOCATION, "/");
      call.reply().sayNothing(303);
    }
    return "ended";
  }
}
