package org.privateshare.access;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a key says: who it is, whom it descends from, and its terms. Not the key itself: without
/// the signature it opens nothing, so lists may show it.
///
/// @param generation which secret it is signed with, from 1
/// @param id its name
/// @param ancestors the ids of the keys it was made from, the owner's first, the parent last; empty
///   for an owner key; at most [#MAX_ANCESTORS]
/// @param terms what it allows
/// @param issued when it was made; for people, nothing is decided by it
public record Capability(
    int generation, KeyId id, List<KeyId> ancestors, Terms terms, Instant issued) {
  /// How many keys may stand above a key.
  public static final int MAX_ANCESTORS = 8;

  /// Copies and checks the ancestors.
  public Capability {
    ancestors = List.copyOf(ancestors);
    if (!isLine(id, ancestors)) {
      throw new IllegalArgumentException("no line of descent");
    }
  }

  /// Whether all ids differ and there aren't too many ancestors.
  static boolean isLine(KeyId id, List<KeyId> ancestors) {
    Set<KeyId> all = new HashSet<>(ancestors);
    all.add(id);
    return all.size() == ancestors.size() + 1 && ancestors.size() <= MAX_ANCESTORS;
  }

  /// Whether this is an owner key: made by the server, not out of another key.
  public boolean isOwner() {
    return ancestors.isEmpty();
  }

  /// Whether this is the key `other` or descends from it.
  public boolean isWithin(KeyId other) {
    return id.equals(other) || ancestors.contains(other);
  }
}
