package org.privateshare.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How far a file has come, as a [Memory] keeps it.
///
/// @param version the version that the share sends, as its entity tag
/// @param size how many bytes the file has
/// @param staged which file on this machine has what has come, as the file system calls it
/// @param mark the bytes that are on the medium
record GetState(String version, long size, String staged, Mark mark) {
  private static final String KIND = "get";

  /// Reads what [#toString] writes; empty where it is something else.
  static Optional<GetState> parse(String text) {
    try {
      return Note.parse(KIND, text)
          .map(
              note ->
                  new GetState(
                      note.value("version"),
                      note.number("size"),
                      note.value("staged"),
                      Mark.parse(note.value("mark"))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  GetState at(Mark reached) {
    return new GetState(version, size, staged, reached);
  }

  @Override
  public String toString() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("version", version);
    values.put("size", String.valueOf(size));
    values.put("staged", staged);
    values.put("mark", mark.toString());
    return new Note(KIND, values).toString();
  }
}
