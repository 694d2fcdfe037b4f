package org.privateshare.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How far a file has been sent, as a [Memory] keeps it.
///
/// @param session where the server knows it, a path without query
/// @param file which file it was, as [LocalFile#identity()] said
/// @param ifTaken what shall become of a file that is there
/// @param marks sums of its beginning, the shortest first, at most [#MARKS]
/// @param beyond what the server has behind a gap, in order
record PutState(String session, String file, IfTaken ifTaken, List<Mark> marks, List<Span> beyond) {
  /// How many marks are kept: the server's offset lies behind what was sent, but not far.
  static final int MARKS = 64;

  private static final String KIND = "put";

  PutState {
    if (!UploadSession.isUrl(session)) {
      throw new IllegalArgumentException("no session");
    }
    marks = List.copyOf(marks);
    beyond = List.copyOf(beyond);
  }

  /// Of a file that is sent from its beginning, or goes on at `reached`.
  static PutState begun(String session, LocalFile file, IfTaken ifTaken, Mark reached) {
    return new PutState(session, file.identity(), ifTaken, List.of(reached), List.of());
  }

  /// Reads what [#toString] writes; empty where it is something else.
  static Optional<PutState> parse(String text) {
    try {
      return Note.parse(KIND, text)
          .map(
              note ->
                  new PutState(
                      note.value("session"),
                      note.value("file"),
                      IfTaken.valueOf(note.value("if-taken")),
                      marks(note.value("marks")),
                      beyond(note.values().getOrDefault("beyond", ""))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<Mark> marks(String text) {
    return Stream.of(text.split(" ", -1)).map(Mark::parse).toList();
  }

  private static List<Span> beyond(String text) {
    return text.isEmpty() ? List.of() : Stream.of(text.split(" ", -1)).map(Span::parse).toList();
  }

  /// The same with one more mark, and what is behind a gap now.
  PutState with(Mark reached, List<Span> behind) {
    PutState more = reached.equals(marks.getLast()) ? this : with(reached);
    return new PutState(session, file, ifTaken, more.marks, behind);
  }

  /// The same with one more mark.
  PutState with(Mark reached) {
    Deque<Mark> more = new ArrayDeque<>(marks);
    more.addLast(reached);
    if (more.size() > MARKS) {
      Mark _ = more.removeFirst();
    }
    return new PutState(session, file, ifTaken, List.copyOf(more), beyond);
  }

  /// The last mark that isn't beyond `offset`.
  Mark before(long offset) {
    return marks.stream()
        .filter(mark -> mark.position() <= offset)
        .reduce(Mark.START, (earlier, later) -> later);
  }

  @Override
  public String toString() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("session", session);
    values.put("file", file);
    values.put("if-taken", ifTaken.name());
    values.put("marks", marks.stream().map(Mark::toString).collect(Collectors.joining(" ")));
    if (!beyond.isEmpty()) {
      values.put("beyond", beyond.stream().map(Span::toString).collect(Collectors.joining(" ")));
    }
    return new Note(KIND, values).toString();
  }
}
