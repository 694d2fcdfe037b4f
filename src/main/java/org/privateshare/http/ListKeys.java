package org.privateshare.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.access.Access;
import org.privateshare.access.Capability;
import org.privateshare.model.Refusal;

/// GET of the keys: the caller's own and those that descend from it.
record ListKeys(Access access) implements Action {
  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.requireNothingBehind();
    call.requireAdmin();
  }

  @Override
  public String answer(Call call) throws Refusal, IOException {
    List<Capability> keys = access.keys(call.grant());
    call.reply().fields().put(HttpHeader.CONTENT_TYPE, Json.CONTENT_TYPE);
    call.reply().status(200);
    if (call.isHead()) {
      call.reply().begin();
      return "listed";
    }
    try (ReplyStream out = ReplyStream.of(call, Long.MAX_VALUE)) {
      JsonGenerator json = Json.writer(out);
      json.writeStartObject();
      json.writeArrayFieldStart("keys");
      for (Capability key : keys) {
        json.writeStartObject();
        KeyJson.write(json, key);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
      json.flush();
      out.flush();
    }
    return "listed";
  }
}
