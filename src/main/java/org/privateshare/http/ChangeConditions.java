package org.privateshare.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;

/// What must hold of a name for a change of it to go ahead (RFC 9110 section 13.1). The store
/// decides it, in one step with the change.
///
/// @param must what must hold
/// @param statuses what the refusals of the store mean, given where the condition comes from
record ChangeConditions(Precondition must, Statuses statuses) {
  /// What the store says is the version of a folder; so a folder can be demanded, and a file that
  /// takes its place in the last moment isn't taken for it.
  private static final Precondition A_FOLDER = Precondition.Version.of("");

  /// How a condition that doesn't hold is answered.
  ///
  /// @param changed where the name holds something else: 412, or 404 where nobody asked for more
  ///   than for a folder
  /// @param taken where the name isn't free: 409, or 412 where that was the condition
  private record Statuses(int changed, int taken) {
    static final Statuses USUAL = new Statuses(412, 409);
  }

  /// The conditions under which a file is put.
  ///
  /// @param replaces whether it may take the place of another without any condition
  static ChangeConditions ofPut(Call call, boolean replaces) throws Problem {
    Precondition usual = replaces ? Precondition.Existence.ANY : Precondition.Existence.ABSENT;
    Optional<EntityTags> match = tags(call, HttpHeader.IF_MATCH);
    Optional<EntityTags> noneMatch = tags(call, HttpHeader.IF_NONE_MATCH);
    requireOne(call, match, noneMatch);
    if (match.isPresent()) {
      return new ChangeConditions(matching(match.get()), Statuses.USUAL);
    }
    return noneMatch
        .map(tags -> noneMatching(tags, usual))
        .orElseGet(() -> new ChangeConditions(usual, Statuses.USUAL));
  }

  /// The conditions for taking away what has a name.
  ///
  /// @param isFolder whether it must be a folder, because a slash was behind the name
  static ChangeConditions ofTaking(Call call, boolean isFolder) throws Problem {
    Precondition usual = isFolder ? A_FOLDER : Precondition.Existence.ANY;
    Optional<EntityTags> match = tags(call, HttpHeader.IF_MATCH);
    Optional<EntityTags> noneMatch = tags(call, HttpHeader.IF_NONE_MATCH);
    requireOne(call, match, noneMatch);
    if (match.isPresent()) {
      boolean isAnyFolder = isFolder && match.get() == EntityTags.Any.ANY;
      return new ChangeConditions(isAnyFolder ? A_FOLDER : matching(match.get()), Statuses.USUAL);
    }
    return noneMatch
        .map(tags -> noneMatching(tags, usual))
        .orElseGet(() -> new ChangeConditions(usual, new Statuses(isFolder ? 404 : 412, 409)));
  }

  /// That the name holds what the tags name.
  static Precondition matching(EntityTags tags) {
    return switch (tags) {
      case EntityTags.Any.ANY -> Precondition.Existence.PRESENT;
      case EntityTags.Some(List<EntityTags.Tag> all) ->
          new Precondition.Version(versions(all, tag -> !tag.isWeak()));
    };
  }

  /// @param usual what must hold besides; where it is more than nothing, tags add nothing to it
  private static ChangeConditions noneMatching(EntityTags tags, Precondition usual) {
    return switch (tags) {
      case EntityTags.Any.ANY ->
          new ChangeConditions(Precondition.Existence.ABSENT, new Statuses(412, 412));
      case EntityTags.Some(List<EntityTags.Tag> all) ->
          new ChangeConditions(
              usual == Precondition.Existence.ANY
                  ? new Precondition.Unlike(versions(all, _ -> true))
                  : usual,
              Statuses.USUAL);
    };
  }

  private static Set<String> versions(
      List<EntityTags.Tag> tags, Predicate<EntityTags.Tag> whichCount) {
    return tags.stream().filter(whichCount).map(EntityTags.Tag::text).collect(Collectors.toSet());
  }

  /// A condition that can't be kept is refused, for one that is dropped is one that holds.
  private static void requireOne(
      Call call, Optional<EntityTags> match, Optional<EntityTags> noneMatch) throws Problem {
    if (match.isPresent() && noneMatch.isPresent()) {
      throw Problem.badRequest("a change takes If-Match or If-None-Match, not both");
    }
    if (call.fields().contains(HttpHeader.IF_UNMODIFIED_SINCE)) {
      throw Problem.badRequest("a change takes If-Match, not If-Unmodified-Since");
    }
  }

  private static Optional<EntityTags> tags(Call call, HttpHeader name) throws Problem {
    if (!call.fields().contains(name)) {
      return Optional.empty();
    }
    List<String> lines =
        call.fields().getFields(name).stream()
            .map(HttpField::getValue)
            .map(String::valueOf)
            .toList();
    Optional<EntityTags> tags = EntityTags.parse(lines);
    if (tags.isEmpty()) {
      throw Problem.badRequest(name + " is neither * nor a list of entity tags");
    }
    return tags;
  }

  /// What it means that the name holds something else than it must.
  Problem problem(Refusal.Changed refusal) {
    return statuses.changed == 404 ? Problem.nothingHere() : Problem.of(refusal, statuses.changed);
  }

  /// What it means that the name isn't free.
  Problem problem(Refusal.Taken refusal) {
    return Problem.of(refusal, statuses.taken);
  }
}
