package org.privateshare.http;

import java.io.IOException;
import org.privateshare.access.Access;
import org.privateshare.model.SharePath;
import org.privateshare.share.Share;

/// GET of the health: whether the server can do its work. Everybody may know; why not, only the log
/// says.
record ShowHealth(Share share, Access access) implements Action {
  @Override
  public boolean needsKey() {
    return false;
  }

  @Override
  public void permit(Call call) throws Problem {
    call.requireNothingBehind();
  }

  @Override
  public String answer(Call call) throws Problem, PeerGone {
    if (!isWell()) {
      throw Problem.unavailable("the share or the keys can't be used");
    }
    call.reply().say(200, Reply.TEXT, "ok\n");
    return "told";
  }

  private boolean isWell() {
    try {
      // To read it is to check it.
      return !access.ownerKey().isEmpty() && share.find(SharePath.ROOT).isPresent();
    } catch (IOException e) {
      return false;
    }
  }
}
