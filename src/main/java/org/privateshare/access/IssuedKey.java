package org.privateshare.access;

/// A key that was just made: the one time that its text is there.
///
/// @param capability what it says
/// @param text the key itself; whoever has it may do what it says
public record IssuedKey(Capability capability, String text) {
  /// The id alone, so that no log holds the key.
  @Override
  public String toString() {
    return "key " + capability.id();
  }
}
