package org.privateshare.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The text of a [Memory]: a first line that says the kind and the version, a line `WORD VALUE`
/// each, and `end`. What isn't one to the letter is none: then the transfer begins anew.
///
/// @param kind what it is about
/// @param values by their words, in their order, none empty
record Note(String kind, Map<String, String> values) {
  private static final String HEAD = "privateshare ";
  private static final String VERSION = " 1";
  private static final String END = "end";

  static Optional<Note> parse(String kind, String text) {
    if (!text.endsWith("\n")) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    lines.removeLast();
    if (lines.size() < 2
        || !lines.getFirst().equals(HEAD + kind + VERSION)
        || !lines.getLast().equals(END)) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size() - 1)) {
      int space = line.indexOf(' ');
      if (space < 1 || values.put(line.substring(0, space), line.substring(space + 1)) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new Note(kind, values));
  }

  /// The value of a word that must be there.
  ///
  /// @throws IllegalArgumentException where it isn't
  String value(String word) {
    String value = values.get(word);
    if (value == null) {
      throw new IllegalArgumentException("no " + word);
    }
    return value;
  }

  /// A number that must be there, not negative.
  ///
  /// @throws IllegalArgumentException where it isn't
  long number(String word) {
    long number = Long.parseLong(value(word));
    if (number < 0) {
      throw new IllegalArgumentException(word + " is below zero");
    }
    return number;
  }

  @Override
  public String toString() {
    var text = new StringBuilder(HEAD + kind + VERSION + "\n");
    values.forEach((word, value) -> text.append(word).append(' ').append(value).append('\n'));
    return text.append(END).append('\n').toString();
  }
}
