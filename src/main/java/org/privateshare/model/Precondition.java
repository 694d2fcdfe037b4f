package org.privateshare.model;

import java.util.Optional;
import java.util.Set;

/// What must hold of a name for a change of it to go ahead, decided in the same step as the change
/// itself, so that of many who start from one version only one changes it (RFC 9110 section 13).
public sealed interface Precondition {
  /// Conditions that any content meets, or none.
  enum Existence implements Precondition {
    /// Nothing is demanded.
    ANY,
    /// The name is free: `If-None-Match: *`.
    ABSENT,
    /// Something has the name: `If-Match: *`.
    PRESENT
  }

  /// A file has the name, in one of these versions: `If-Match` with entity tags.
  ///
  /// @param anyOf versions as the share names them; none at all is never met
  record Version(Set<String> anyOf) implements Precondition {
    /// Copies the set.
    public Version {
      anyOf = Set.copyOf(anyOf);
    }

    /// The one version `version`.
    public static Version of(String version) {
      return new Version(Set.of(version));
    }
  }

  /// Nothing has the name, or something in none of these versions: `If-None-Match` with entity
  /// tags.
  ///
  /// @param noneOf versions as the share names them
  record Unlike(Set<String> noneOf) implements Precondition {
    /// Copies the set.
    public Unlike {
      noneOf = Set.copyOf(noneOf);
    }
  }

  /// Lets only a name pass that meets the condition.
  ///
  /// @param version what the name holds: empty for nothing, the empty text for what has no version
  /// @throws Refusal.Taken where it should be free
  /// @throws Refusal.Changed where it should hold something else
  default void require(SharePath path, Optional<String> version)
      throws Refusal.Taken, Refusal.Changed {
    switch (this) {
      case Existence.ANY -> {}
      case Existence.ABSENT -> {
        if (version.isPresent()) {
          throw new Refusal.Taken(path);
        }
      }
      case Existence.PRESENT -> {
        if (version.isEmpty()) {
          throw new Refusal.Changed(path);
        }
      }
      case Version wanted -> {
        if (version.isEmpty() || !wanted.anyOf.contains(version.get())) {
          throw new Refusal.Changed(path);
        }
      }
      case Unlike other -> {
        if (version.isPresent() && other.noneOf.contains(version.get())) {
          throw new Refusal.Changed(path);
        }
      }
    }
  }
}
