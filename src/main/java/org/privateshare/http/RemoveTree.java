package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.share.Share;

/// DELETE of a folder with `?recursive`: takes all below it into the history, and the folder away.
record RemoveTree(Share share) implements Action {
  static final String RECURSIVE = "recursive";

  private static final List<HttpHeader> CONDITIONS =
      List.of(HttpHeader.IF_MATCH, HttpHeader.IF_NONE_MATCH, HttpHeader.IF_UNMODIFIED_SINCE);

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly(RECURSIVE);
    var _ = call.query().isOn(RECURSIVE);
    call.grant().require(Right.DELETE, call.path());
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    HttpFields asked = call.fields();
    if (CONDITIONS.stream().anyMatch(asked::contains)) {
      throw Problem.badRequest("a folder with all in it has no version to be told by");
    }
    share.removeTree(call.path());
    call.reply().sayNothing(204);
    return "removed";
  }
}
