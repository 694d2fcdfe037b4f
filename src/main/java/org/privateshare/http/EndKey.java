package org.privateshare.http;

import java.io.IOException;
import org.privateshare.access.Access;
import org.privateshare.access.KeyId;
import org.privateshare.model.Refusal;

/// DELETE of a key: ends it and all that descend from it.
record EndKey(Access access) implements Action {
  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly();
    call.requireAdmin();
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    access.revoke(call.grant(), id(call));
    call.reply().sayNothing(204);
    return "revoked";
  }

  private static KeyId id(Call call) throws Problem {
    if (call.target().endsWithSlash()) {
      throw Problem.nothingHere();
    }
    try {
      return KeyId.parse(call.path().toString());
    } catch (Refusal.BadName e) {
      throw Problem.nothingHere();
    }
  }
}
