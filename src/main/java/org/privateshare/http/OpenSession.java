package org.privateshare.http;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.access.Access;
import org.privateshare.access.Grant;
import org.privateshare.access.IssuedKey;
import org.privateshare.model.Refusal;

/// POST to the session: a browser shows a key and gets a cookie for it, a new one each time.
record OpenSession(Access access, KeyCheck keys) implements Action {
  private static final Duration LIFE = Duration.ofDays(7);

  @Override
  public boolean needsKey() {
    return false;
  }

  @Override
  public boolean takesBody() {
    return true;
  }

  @Override
  public void permit(Call call) throws Problem {
    call.requireNothingBehind();
    call.query().requireOnly();
    SignInForm.requireType(call.fields());
    keys.requirePatience(call.caller());
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    String key = SignInForm.key(call.body().bytes(SignInForm.MOST_BYTES));
    Grant grant = keys.grant(KeyReader.Shown.inBody(key), call);
    call.admitted(grant);
    IssuedKey session = access.openSession(grant, LIFE);
    call.reply().fields().add(SessionCookie.give(call.request(), session));
    call.reply().fields().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
    if (Accepted.json(call.fields())) {
      call.reply().sayNothing(204);
    } else {
      Home.show(call, grant);
    }
    return "opened";
  }
}
