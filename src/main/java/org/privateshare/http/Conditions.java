package org.privateshare.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// The conditions under which a file is to be read (RFC 9110 section 13).
///
/// Entity tags that can't be read are refused, for a condition that is dropped is one that holds. A
/// date that can't be read is as good as absent, as the RFC has it.
///
/// @param match `If-Match`
/// @param noneMatch `If-None-Match`
/// @param unmodifiedSince `If-Unmodified-Since`
/// @param modifiedSince `If-Modified-Since`
/// @param range the only version that ranges may be taken of: `If-Range`; empty where any will do
record Conditions(
    Optional<EntityTags> match,
    Optional<EntityTags> noneMatch,
    Optional<Instant> unmodifiedSince,
    Optional<Instant> modifiedSince,
    Optional<String> range) {

  /// How the conditions turn out.
  enum Outcome {
    /// They hold: send it.
    SEND,
    /// 304: the caller has it.
    NOT_MODIFIED,
    /// 412: it isn't what the caller thinks.
    FAILED
  }

  static Conditions of(HttpFields fields, Instant now) throws Problem {
    return new Conditions(
        tags(fields, HttpHeader.IF_MATCH),
        tags(fields, HttpHeader.IF_NONE_MATCH),
        date(fields, HttpHeader.IF_UNMODIFIED_SINCE, now),
        date(fields, HttpHeader.IF_MODIFIED_SINCE, now),
        fields.contains(HttpHeader.IF_RANGE)
            ? Optional.of(String.join(",", fields.getValuesList(HttpHeader.IF_RANGE)))
            : Optional.empty());
  }

  private static Optional<EntityTags> tags(HttpFields fields, HttpHeader name) throws Problem {
    if (!fields.contains(name)) {
      return Optional.empty();
    }
    List<String> lines = fields.getFields(name).stream().map(HttpField::getValue).toList();
    Optional<EntityTags> tags = EntityTags.parse(lines);
    if (tags.isEmpty()) {
      throw Problem.badRequest(name + " is neither * nor a list of entity tags");
    }
    return tags;
  }

  private static Optional<Instant> date(HttpFields fields, HttpHeader name, Instant now) {
    if (!fields.contains(name)) {
      return Optional.empty();
    }
    List<HttpField> lines = fields.getFields(name);
    return lines.size() == 1
        ? HttpDates.parse(String.valueOf(lines.getFirst().getValue()), now)
        : Optional.empty();
  }

  /// Looks at a version of a file in the order of section 13.2.2; ranges come after.
  ///
  /// @param version as the share names it
  /// @param modified when its content last changed; only the second counts
  Outcome of(String version, Instant modified) {
    Instant second = modified.truncatedTo(ChronoUnit.SECONDS);
    boolean holds =
        match.isPresent()
            ? isNamed(match.get(), tag -> tag.isExactly(version))
            : unmodifiedSince.isEmpty() || !second.isAfter(unmodifiedSince.get());
    if (!holds) {
      return Outcome.FAILED;
    }
    boolean isKnown =
        noneMatch.isPresent()
            ? isNamed(noneMatch.get(), tag -> tag.isLike(version))
            : modifiedSince.isPresent() && !second.isAfter(modifiedSince.get());
    return isKnown ? Outcome.NOT_MODIFIED : Outcome.SEND;
  }

  /// Whether ranges may be taken of that version. A date never says so: two versions of one second
  /// look the same, and whoever has a date has our entity tag too.
  boolean allowRangesOf(String version) {
    return range.isEmpty()
        || EntityTags.Tag.parse(range.get()).filter(tag -> tag.isExactly(version)).isPresent();
  }

  private static boolean isNamed(EntityTags tags, Predicate<EntityTags.Tag> isIt) {
    return switch (tags) {
      case EntityTags.Any.ANY -> true;
      case EntityTags.Some(List<EntityTags.Tag> all) -> all.stream().anyMatch(isIt);
    };
  }
}
