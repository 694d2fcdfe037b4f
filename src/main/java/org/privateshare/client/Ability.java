package org.privateshare.client;

import org.privateshare.model.Refusal;

/// Finds out what a remote can do beyond files.
final class Ability {
  private Ability() {}

  /// The remote as one that can do more.
  ///
  /// @param what the ability in words that stand behind "can't"
  static <T> T of(Remote remote, Class<T> ability, String what) throws Refusal.Denied {
    if (!ability.isInstance(remote)) {
      throw new Refusal.Denied("the classic protocol can't " + what);
    }
    return ability.cast(remote);
  }
}
