package org.privateshare.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.access.Access;
import org.privateshare.access.IssuedKey;
import org.privateshare.access.Terms;
import org.privateshare.model.Refusal;

/// POST to the keys: makes a narrower one. Its text is in this answer and nowhere else.
record MakeKey(Access access) implements Action {
  private static final int MOST_BYTES = 16 << 10;

  @Override
  public boolean takesBody() {
    return true;
  }

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.requireNothingBehind();
    call.query().requireOnly();
    call.requireAdmin();
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    Terms wanted = KeyRequest.parse(call.body().bytes(MOST_BYTES));
    IssuedKey made = access.issue(call.grant(), wanted);
    String url = "/.privateshare/keys/" + made.capability().id();
    call.reply().fields().put(HttpHeader.LOCATION, url);
    String text =
        JsonText.object(
            json -> {
              KeyJson.write(json, made.capability());
              json.writeStringField("key", made.text());
            });
    call.reply().say(201, Json.CONTENT_TYPE, text);
    return "made";
  }
}
