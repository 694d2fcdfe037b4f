package org.privateshare.http;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.privateshare.access.Access;
import org.privateshare.access.Grant;
import org.privateshare.access.Throttle;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks whether a key is good, and slows down those who guess.
final class KeyCheck {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCheck.class);

  private final Access access;
  private final Throttle throttle;

  private KeyCheck(Access access, Throttle throttle) {
    this.access = access;
    this.throttle = throttle;
  }

  static KeyCheck of(Access access) {
    return new KeyCheck(access, new Throttle(System::nanoTime));
  }

  /// Lets only an address pass that didn't guess too often.
  ///
  /// @throws Problem 429
  void requirePatience(InetAddress caller) throws Problem {
    Duration left = throttle.blockedFor(caller);
    if (!left.isZero()) {
      throw Problem.throttled(left);
    }
  }

  /// What the key or session allows.
  ///
  /// @throws Problem 401 where it is wrong or dead, or no link's although it stood in a URL; 503
  ///   where nobody can tell
  /// @throws NotAtHand where it may not wait and this isn't certain without
  Grant grant(KeyReader.Shown key, Call call) throws NotAtHand, Problem {
    if (!call.mayWait()) {
      return atHand(key).orElseThrow(NotAtHand::new);
    }
    try {
      return key.place() == KeyReader.Place.COOKIE ? session(key, call) : key(key);
    } catch (Refusal.Denied wrong) {
      throttle.failed(call.caller());
      throw Problem.noKey(wrong.reason());
    } catch (IOException e) {
      LOG.error("no key can be checked: {}", Printable.escape(String.valueOf(e.getMessage())));
      throw Problem.unavailable("keys can't be checked now");
    }
  }

  private Optional<Grant> atHand(KeyReader.Shown key) {
    return key.place() == KeyReader.Place.FIELD ? access.atHand(key.text()) : Optional.empty();
  }

  private Grant key(KeyReader.Shown key) throws Refusal.Denied, Problem, IOException {
    Grant grant = access.authenticate(key.text());
    if (key.place() == KeyReader.Place.QUERY && !grant.mayTravelInQuery()) {
      throw Problem.noKey("only a link's key may stand in the query");
    }
    return grant;
  }

  /// A cookie that is good no more is taken from the browser. Whose session is over is no guesser,
  /// though: a page may ask many times before its reader signs in again.
  private Grant session(KeyReader.Shown key, Call call) throws Problem, IOException {
    Optional<Grant> grant = Optional.empty();
    try {
      grant = access.session(key.text());
    } catch (Refusal.Denied wrong) {
      throttle.failed(call.caller());
    }
    if (grant.isEmpty()) {
      call.reply().fields().add(SessionCookie.take(call.request()));
      throw Problem.noKey("the session is over: sign in again");
    }
    return grant.get();
  }
}
