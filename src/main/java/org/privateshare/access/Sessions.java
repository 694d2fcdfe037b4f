package org.privateshare.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;

/// What a session may, out of what the key may that opens it. Pure.
final class Sessions {
  private Sessions() {}

  /// A session of the key.
  ///
  /// @throws Refusal.Denied where the key opens none
  static Capability of(Capability key, Keyring ring, Duration atMost) throws Refusal.Denied {
    Terms terms = key.terms();
    if (terms.isLink()) {
      throw new Refusal.Denied("a link opens no session: it opens its page by itself");
    }
    Rights rights = Rights.of(Right.ADMIN).lackingOf(terms.rights());
    if (rights.isEmpty()) {
      throw new Refusal.Denied("this key is for making keys only: it opens no session");
    }
    Instant latest = ring.now().plus(atMost);
    Instant expires = terms.expires().isBefore(latest) ? terms.expires() : latest;
    List<KeyId> line = new ArrayList<>(key.ancestors());
    line.add(key.id());
    return new Capability(
        ring.generation(),
        KeyId.random(),
        line,
        new Terms(terms.label(), rights, terms.scope(), expires, false),
        ring.now(),
        true);
  }
}
