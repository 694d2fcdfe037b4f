package org.privateshare.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// OPTIONS: what may be asked here. It tells what kind of name it is, not whether something is
/// there.
///
/// @param allowed the methods, joined by commas
/// @param more what else there is to know of this place
record ShowMethods(String allowed, HttpFields more) implements Action {
  @Override
  public boolean needsKey() {
    return false;
  }

  @Override
  public void permit(Call call) {
    // Everybody may know.
  }

  @Override
  public String answer(Call call) throws PeerGone {
    call.reply().fields().put(HttpHeader.ALLOW, allowed);
    more.forEach(call.reply().fields()::put);
    call.reply().sayNothing(204);
    return "told";
  }
}
