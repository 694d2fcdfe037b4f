package org.privateshare.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The one value that a name from outside becomes. Whoever holds one can't leave the share with it.
///
/// There is one spelling for each path and no repair: a text is taken as it is or refused. Two
/// tiers of rules, because other programs put files into the folder too:
/// - **addressable**: every `SharePath`. Well-formed Unicode; segments joined by single slashes; no
///   empty segment, no leading dot (so `.`, `..`, dotfiles and `.privateshare` can't be said), no
///   control character, no backslash; at most [#MAX_SEGMENT_BYTES] UTF-8 bytes a segment,
///   [#MAX_BYTES] in all, [#MAX_DEPTH] segments.
/// - **portable**: what may be created, see [#requirePortable()]. The same name means the same file
///   on every system a share may live on or be copied to.
///
/// @param segments the names from the share's root down; empty for the share itself
public record SharePath(List<String> segments) {
  /// The longest segment in UTF-8 bytes.
  public static final int MAX_SEGMENT_BYTES = 255;

  /// The longest path in UTF-8 bytes, slashes included.
  public static final int MAX_BYTES = 4_096;

  /// The most segments a path may have.
  public static final int MAX_DEPTH = 64;

  /// The share itself.
  public static final SharePath ROOT = new SharePath(List.of());

  /// Copies the segments and checks them; `IllegalArgumentException` means a bug in the caller, who
  /// should have used [#parse(String)].
  public SharePath {
    segments = List.copyOf(segments);
    Optional<String> fault = faultOf(segments);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
  }

  /// Reads `a/b/c`; the empty text is the share itself. The inverse of [#toString()].
  ///
  /// @throws Refusal.BadName where the text is no addressable path
  public static SharePath parse(String text) throws Refusal.BadName {
    if (text.isEmpty()) {
      return ROOT;
    }
    // Far too long a text isn't even split: an attacker's megabyte costs one comparison.
    if (text.length() > MAX_BYTES) {
      throw new Refusal.BadName(tooLong());
    }
    return of(List.of(text.split("/", -1)));
  }

  /// The path of `name` in this folder.
  ///
  /// @throws Refusal.BadName where the name is no addressable segment or the path grows too long
  public SharePath child(String name) throws Refusal.BadName {
    List<String> longer = new ArrayList<>(segments);
    longer.add(name);
    return of(longer);
  }

  /// Whether [#child] takes that name: for listings, which ask for each.
  public boolean admits(String name) {
    int depth = segments.size() + 1;
    if (depth > MAX_DEPTH || NameRules.addressFault(name).isPresent()) {
      return false;
    }
    // Few names can't be too long together, however long each is.
    return depth * (MAX_SEGMENT_BYTES + 1) <= MAX_BYTES
        || NameRules.utf8Length(toString()) + 1 + NameRules.utf8Length(name) <= MAX_BYTES;
  }

  private static SharePath of(List<String> segments) throws Refusal.BadName {
    try {
      return new SharePath(segments);
    } catch (IllegalArgumentException e) {
      // Checked there, and only there: listings make a million of them.
      throw new Refusal.BadName(String.valueOf(e.getMessage()));
    }
  }

  /// Whether this is the share itself.
  public boolean isRoot() {
    return segments.isEmpty();
  }

  /// The last segment; empty for the share itself.
  public String name() {
    return isRoot() ? "" : segments.getLast();
  }

  /// The folder that this path is in; the share's parent is the share itself.
  public SharePath parent() {
    return isRoot() ? this : new SharePath(segments.subList(0, segments.size() - 1));
  }

  /// Lets only names pass that may be created: in Unicode normal form C; no format character (bidi,
  /// zero-width, tags), line separator, private-use or unassigned code point; none of `<>:"|?*`; no
  /// space at either end, no dot at the end; no Windows device name (`CON`, `LPT1.txt`, `COM¹` …).
  ///
  /// @throws Refusal.BadName naming the segment and the rule
  public void requirePortable() throws Refusal.BadName {
    for (String segment : segments) {
      Optional<String> fault = NameRules.portabilityFault(segment);
      if (fault.isPresent()) {
        throw new Refusal.BadName(fault.get());
      }
    }
  }

  private static Optional<String> faultOf(List<String> segments) {
    if (segments.size() > MAX_DEPTH) {
      return Optional.of("a path may have at most " + MAX_DEPTH + " segments");
    }
    long bytes = Math.max(0, segments.size() - 1);
    for (String segment : segments) {
      Optional<String> fault = NameRules.addressFault(segment);
      if (fault.isPresent()) {
        return fault;
      }
      bytes += NameRules.utf8Length(segment);
    }
    return bytes > MAX_BYTES ? Optional.of(tooLong()) : Optional.empty();
  }

  private static String tooLong() {
    return "a path may have at most " + MAX_BYTES + " bytes";
  }

  /// The segments joined by `/`; empty for the share itself.
  @Override
  public String toString() {
    return String.join("/", segments);
  }
}
