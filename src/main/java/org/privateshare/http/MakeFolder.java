package org.privateshare.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;
import org.privateshare.share.Share;

/// MKCOL (RFC 4918 section 9.3): makes a folder in one that is there.
record MakeFolder(Share share) implements Action {
  /// What a folder or file takes when it is there.
  private static final String ON_WHAT_IS_THERE = "GET, HEAD, DELETE, MOVE, OPTIONS";

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly();
    PathReader.requireDecoded(call.path());
    call.grant().require(Right.PUT, call.path());
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    SharePath path = call.path();
    try {
      share.makeFolder(path);
    } catch (Refusal.Missing e) {
      throw Problem.noFolder();
    } catch (Refusal.Taken e) {
      throw share.find(path.parent()).filter(Entry.Folder.class::isInstance).isPresent()
          ? new Problem(
              405, e.code(), e.reason(), new HttpField(HttpHeader.ALLOW, ON_WHAT_IS_THERE))
          : Problem.noFolder();
    }
    call.reply().fields().put(HttpHeader.LOCATION, Target.url(path) + "/");
    call.reply().sayNothing(201);
    return "made";
  }
}
