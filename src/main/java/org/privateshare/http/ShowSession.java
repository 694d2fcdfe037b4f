package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.privateshare.access.Terms;
import org.privateshare.model.Fingerprint;
import org.privateshare.model.Right;
import org.privateshare.share.Share;

/// GET of the session: who one is here, with whatever key, and what there is to know of the server:
///
/// ```json
/// {"label":"Ada","rights":["list","get"],"path":"/inbox/","expires":"2027-01-01T00:00:00Z",
///  "free":82463372083,"maxFile":null,"readOnly":true,"fingerprint":"sha256//..."}
/// ```
///
/// `expires` and `maxFile` are null where there is no such limit.
record ShowSession(Share share, Supplier<Fingerprint> fingerprint) implements Action {
  private static final List<Right> READING = List.of(Right.LIST, Right.GET);

  @Override
  public void permit(Call call) throws Problem {
    call.requireNothingBehind();
  }

  @Override
  public String answer(Call call) throws IOException {
    Terms terms = call.grant().capability().terms();
    boolean isReadOnly = share.limits().readOnly();
    long free = share.freeBytes();
    long most = share.limits().maxFile();
    String text =
        JsonText.object(
            json -> {
              json.writeStringField("label", terms.label());
              json.writeArrayFieldStart("rights");
              for (Right right : Right.values()) {
                boolean counts = !isReadOnly || READING.contains(right);
                if (counts && terms.rights().contains(right)) {
                  json.writeString(right.toString());
                }
              }
              json.writeEndArray();
              json.writeStringField("path", Home.path(call.grant()));
              if (terms.expires().equals(Terms.NEVER)) {
                json.writeNullField("expires");
              } else {
                json.writeStringField("expires", terms.expires().toString());
              }
              json.writeNumberField("free", free);
              if (most == Long.MAX_VALUE) {
                json.writeNullField("maxFile");
              } else {
                json.writeNumberField("maxFile", most);
              }
              json.writeBooleanField("readOnly", isReadOnly);
              json.writeStringField("fingerprint", fingerprint.get().toString());
            });
    call.reply().say(200, Json.CONTENT_TYPE, text);
    return "told";
  }
}
