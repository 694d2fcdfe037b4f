package org.privateshare.access;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.privateshare.model.Right;

/// What a key says: who it is, whom it descends from, and its terms. Not the key itself: without
/// the signature it opens nothing, so lists may show it.
///
/// @param generation which secret it is signed with, from 1
/// @param id its name
/// @param ancestors the ids of the keys it was made from, the owner's first, the parent last; empty
///   for an owner key; at most [#MAX_ANCESTORS], one more for a session
/// @param terms what it allows
/// @param issued when it was made; for people, nothing is decided by it
/// @param isSession whether it is good in a browser's cookie, and nowhere else
public record Capability(
    int generation,
    KeyId id,
    List<KeyId> ancestors,
    Terms terms,
    Instant issued,
    boolean isSession) {
  /// How many keys may stand above a key.
  public static final int MAX_ANCESTORS = 8;

  /// Copies the ancestors and checks what it says.
  public Capability {
    ancestors = List.copyOf(ancestors);
    if (!isPossible(id, ancestors, terms, isSession)) {
      throw new IllegalArgumentException("no line of descent, or no session");
    }
  }

  /// A key that is no session.
  public Capability(int generation, KeyId id, List<KeyId> ancestors, Terms terms, Instant issued) {
    this(generation, id, ancestors, terms, issued, false);
  }

  /// Whether all ids differ, there aren't too many ancestors, and a session is what sessions are.
  static boolean isPossible(KeyId id, List<KeyId> ancestors, Terms terms, boolean isSession) {
    Set<KeyId> all = new HashSet<>(ancestors);
    all.add(id);
    int most = isSession ? MAX_ANCESTORS + 1 : MAX_ANCESTORS;
    return all.size() == ancestors.size() + 1
        && ancestors.size() <= most
        && !(isSession && (ancestors.isEmpty() || isUnfitForSession(terms)));
  }

  private static boolean isUnfitForSession(Terms terms) {
    return terms.isLink()
        || terms.rights().contains(Right.ADMIN)
        || terms.expires().equals(Terms.NEVER);
  }

  /// What a session acts as: the key that opened it, with the session's rights and end.
  Capability parent() {
    int last = ancestors.size() - 1;
    return new Capability(
        generation, ancestors.get(last), ancestors.subList(0, last), terms, issued);
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
