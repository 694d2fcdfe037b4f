package org.privateshare.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// POST to a folder with `?archive`: what is named of it, in one stream. See `docs/folders.md`.
record SendSelection(SendArchive archive) implements Action {
  private static final int MOST_BYTES = 1 << 20;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String NAME = "name=";

  @Override
  public boolean takesBody() {
    return true;
  }

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly(SendArchive.ARCHIVE, SendArchive.DIGEST);
    archive.permit(call);
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    String type = String.valueOf(call.fields().get(HttpHeader.CONTENT_TYPE));
    if (!type.toLowerCase(Locale.ROOT).replaceFirst("\\s*;.*", "").equals(FORM)) {
      throw new Problem(415, "encoding", "the names come as " + FORM);
    }
    return archive.send(call, names(call, new String(call.body().bytes(MOST_BYTES), US_ASCII)));
  }

  private static List<SharePath> names(Call call, String form) throws Problem, Refusal {
    List<SharePath> wanted = new ArrayList<>();
    for (String field : form.split("&", -1)) {
      if (!field.startsWith(NAME)) {
        throw Problem.badRequest("what is wanted is said as name=PATH&name=PATH");
      }
      // Here, unlike in a URL, a plus is a space.
      String name =
          PercentCode.decode(field.substring(NAME.length()).replace("+", "%20"))
              .orElseThrow(() -> Problem.badRequest("a name is no percent-encoded UTF-8"));
      if (name.isEmpty()) {
        throw new Refusal.BadName("a name is empty");
      }
      wanted.add(MemberName.below(call.path(), SharePath.parse(name)));
    }
    return wanted;
  }
}
