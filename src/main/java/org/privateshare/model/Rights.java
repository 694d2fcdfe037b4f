package org.privateshare.model;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// A set of rights, printed as `list,get,put`.
///
/// No right holds another: `replace` doesn't imply `put`, nor `admin` anything else.
///
/// @param all the rights in the order of [Right]; may be empty, can't be changed
public record Rights(Set<Right> all) {
  /// Every right there is.
  public static final Rights ALL = new Rights(EnumSet.allOf(Right.class));

  /// Copies the set.
  public Rights {
    all = Collections.unmodifiableSet(copy(all));
  }

  private static EnumSet<Right> copy(Collection<Right> rights) {
    EnumSet<Right> copy = EnumSet.noneOf(Right.class);
    copy.addAll(rights);
    return copy;
  }

  /// The set of these rights.
  public static Rights of(Right... rights) {
    return new Rights(copy(Set.of(rights)));
  }

  /// Reads words joined by single commas, in any order, each once: `list,get,put`.
  ///
  /// @throws Refusal.BadName where a word is no right, or comes twice, or there is none
  public static Rights parse(String text) throws Refusal.BadName {
    EnumSet<Right> found = EnumSet.noneOf(Right.class);
    for (String word : text.split(",", Right.values().length + 1)) {
      Right right = Right.of(word).orElseThrow(() -> new Refusal.BadName(unknown(word)));
      if (!found.add(right)) {
        throw new Refusal.BadName("the right \"" + right + "\" is there twice");
      }
    }
    return new Rights(found);
  }

  private static String unknown(String word) {
    return "there is no right \"" + Printable.escape(word) + "\"; the rights are " + ALL;
  }

  /// Whether the right is one of these.
  public boolean contains(Right right) {
    return all.contains(right);
  }

  /// Whether every one of the others is one of these.
  public boolean contains(Rights others) {
    return all.containsAll(others.all);
  }

  /// The rights of the others that aren't among these.
  public Rights lackingOf(Rights others) {
    EnumSet<Right> rest = copy(others.all);
    rest.removeAll(all);
    return new Rights(rest);
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /// The words in the order of [Right], joined by commas; empty for no right.
  @Override
  public String toString() {
    return all.stream().map(Right::toString).collect(joining(","));
  }
}
