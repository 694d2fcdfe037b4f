package org.privateshare.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `If-Match` or `If-None-Match` names: any representation, or one of these entity tags (RFC
/// 9110 sections 8.8.3 and 13.1).
sealed interface EntityTags {
  /// `*`.
  enum Any implements EntityTags {
    ANY
  }

  /// A list of tags; at least one.
  record Some(List<Tag> all) implements EntityTags {
    public Some {
      all = List.copyOf(all);
    }
  }

  /// One entity tag.
  ///
  /// @param isWeak whether it stands for an equivalent, not for the same bytes
  /// @param text what stands between the quotes
  record Tag(boolean isWeak, String text) {
    /// Reads one tag that is the whole text.
    static Optional<Tag> parse(String field) {
      Scanner scanner = new Scanner(field);
      Optional<Tag> tag = scanner.tag();
      return tag.filter(_ -> scanner.isAtEnd());
    }

    /// Strong comparison: the same bytes for sure.
    boolean isExactly(String version) {
      return !isWeak && text.equals(version);
    }

    /// Weak comparison: the same for who reads it.
    boolean isLike(String version) {
      return text.equals(version);
    }
  }

  /// The entity tag of a version of a file: strong.
  static String of(String version) {
    return '"' + version + '"';
  }

  /// Reads the lines of a field that is there; empty where they are no list of entity tags.
  static Optional<EntityTags> parse(List<String> lines) {
    String field = String.join(",", lines);
    if (field.strip().equals("*")) {
      return Optional.of(Any.ANY);
    }
    return new Scanner(field).list();
  }

  /// Reads along a field; a comma may stand within the quotes, so this can't be split.
  final class Scanner {
    private final String field;
    private int at;

    Scanner(String field) {
      this.field = field;
    }

    boolean isAtEnd() {
      return at == field.length();
    }

    Optional<EntityTags> list() {
      List<Tag> tags = new ArrayList<>();
      for (skipEmpty(); !isAtEnd(); skipEmpty()) {
        Optional<Tag> tag = tag();
        if (tag.isEmpty() || !isElementOver()) {
          return Optional.empty();
        }
        tags.add(tag.get());
      }
      return tags.isEmpty() ? Optional.empty() : Optional.of(new Some(tags));
    }

    private void skipEmpty() {
      while (!isAtEnd() && (field.charAt(at) == ',' || Lists.isSpace(field.charAt(at)))) {
        at++;
      }
    }

    private boolean isElementOver() {
      while (!isAtEnd() && Lists.isSpace(field.charAt(at))) {
        at++;
      }
      return isAtEnd() || field.charAt(at) == ',';
    }

    Optional<Tag> tag() {
      boolean isWeak = field.startsWith("W/", at);
      int start = at + (isWeak ? 2 : 0);
      if (!field.startsWith("\"", start)) {
        return Optional.empty();
      }
      int end = field.indexOf('"', start + 1);
      if (end < 0 || !field.substring(start + 1, end).chars().allMatch(Scanner::isInTag)) {
        return Optional.empty();
      }
      at = end + 1;
      return Optional.of(new Tag(isWeak, field.substring(start + 1, end)));
    }

    /// `etagc`: visible ASCII without the quote, and whatever lies above ASCII.
    private static boolean isInTag(int c) {
      return c == '!' || (c >= '#' && c != 0x7f);
    }
  }
}
