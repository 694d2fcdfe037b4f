package org.privateshare.access;

import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;

/// What a key allows, where and until when; also what is asked for when a key is to be made.
///
/// @param label what people call the key: 1 to [#MAX_LABEL] characters, all visible, no space at
///   either end; need not be unique
/// @param rights what it allows; at least one right
/// @param scope where
/// @param expires the first second at which it is dead, or [#NEVER]
/// @param isLink whether it may stand in the query of a URL; then it can do no more than list and
///   get
public record Terms(String label, Rights rights, Scope scope, Instant expires, boolean isLink) {
  /// The expiry of a key that doesn't expire.
  public static final Instant NEVER = Instant.MAX;

  /// The longest label, in UTF-16 units.
  public static final int MAX_LABEL = 64;

  /// The last second of the year 9999: what dates in text can say.
  static final long LAST_SECOND = 253_402_300_799L;

  private static final Rights OF_LINKS = Rights.of(Right.LIST, Right.GET);

  /// Checks the terms; `IllegalArgumentException` means a bug in the caller, who should have used
  /// [#of].
  public Terms {
    Optional<String> fault = faultOf(label, rights, expires, isLink);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
  }

  /// Makes terms out of what somebody asked for.
  ///
  /// @throws Refusal.BadName saying what is wrong with them
  public static Terms of(String label, Rights rights, Scope scope, Instant expires, boolean isLink)
      throws Refusal.BadName {
    Optional<String> fault = faultOf(label, rights, expires, isLink);
    if (fault.isPresent()) {
      throw new Refusal.BadName(fault.get());
    }
    return new Terms(label, rights, scope, expires, isLink);
  }

  private static Optional<String> faultOf(
      String label, Rights rights, Instant expires, boolean isLink) {
    if (label.isEmpty() || label.length() > MAX_LABEL) {
      return Optional.of("a key's label has 1 to " + MAX_LABEL + " characters");
    }
    if (!Printable.escape(label).equals(label) || !label.strip().equals(label)) {
      return Optional.of("a key's label has visible characters only, no \\, no space at the ends");
    }
    if (rights.isEmpty()) {
      return Optional.of("a key needs at least one right");
    }
    if (isLink && !OF_LINKS.contains(rights)) {
      return Optional.of("a link can only have the rights " + OF_LINKS);
    }
    return isExpiry(expires)
        ? Optional.empty()
        : Optional.of("a key expires at a whole second between 1970 and 9999, or never");
  }

  private static boolean isExpiry(Instant time) {
    return time.equals(NEVER) || (time.getNano() == 0 && isSecond(time.getEpochSecond()));
  }

  static boolean isSecond(long second) {
    return second >= 0 && second <= LAST_SECOND;
  }

  /// What these terms would give that the others don't have, in words; empty where they lie within
  /// the others. The label and the link flag give nothing.
  Optional<String> excessOver(Terms others) {
    if (!others.rights.contains(rights)) {
      return Optional.of("the right to " + others.rights.lackingOf(rights));
    }
    if (!others.scope.contains(scope)) {
      return Optional.of("anything outside of " + Printable.escape(others.scope.toString()));
    }
    return expires.isAfter(others.expires)
        ? Optional.of("a life beyond " + others.expires)
        : Optional.empty();
  }

  /// Whether the key is dead at that second.
  boolean isExpiredAt(long second) {
    return isExpired(expires, second);
  }

  static boolean isExpired(Instant expires, long second) {
    return !expires.equals(NEVER) && expires.getEpochSecond() <= second;
  }
}
