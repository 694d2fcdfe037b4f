package org.privateshare.http;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
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

  /// What the key allows.
  ///
  /// @throws Problem 401 where it is wrong or dead, or no link's although it stood in a URL; 503
  ///   where nobody can tell
  Grant grant(KeyReader.Shown key, InetAddress caller) throws Problem {
    try {
      Grant grant = access.authenticate(key.text());
      if (key.isInQuery() && !grant.mayTravelInQuery()) {
        throw Problem.noKey("only a link's key may stand in the query");
      }
      return grant;
    } catch (Refusal.Denied wrong) {
      throttle.failed(caller);
      throw Problem.noKey(wrong.reason());
    } catch (IOException e) {
      LOG.error("no key can be checked: {}", Printable.escape(String.valueOf(e.getMessage())));
      throw Problem.unavailable("keys can't be checked now");
    }
  }
}
