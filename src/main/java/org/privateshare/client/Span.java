package org.privateshare.client;

import java.util.ArrayList;
import java.util.List;
import org.privateshare.model.Crc32c;

/// Bytes in the midst of a file.
///
/// @param from how many bytes are before them
/// @param to how many are before the first one behind them
/// @param sum their CRC-32C, in the low 32 bits
record Span(long from, long to, long sum) {
  Span {
    if (from < 0 || to <= from || sum >>> 32 != 0) {
      throw new IllegalArgumentException("no span");
    }
  }

  /// Reads what [#toString] writes.
  ///
  /// @throws IllegalArgumentException where it is something else
  static Span parse(String text) {
    int dash = text.indexOf('-');
    Mark end = Mark.parse(text.substring(dash + 1));
    return new Span(Long.parseLong(text, 0, Math.max(0, dash), 10), end.position(), end.sum());
  }

  long length() {
    return to - from;
  }

  /// The same bytes as `spans`, which are in order, with those joined that follow each other.
  static List<Span> joined(List<Span> spans) {
    List<Span> joined = new ArrayList<>();
    for (Span span : spans) {
      if (!joined.isEmpty() && joined.getLast().to == span.from) {
        Span before = joined.removeLast();
        long sum = Crc32c.combine(before.sum, span.sum, span.length());
        joined.addLast(new Span(before.from, span.to, sum));
      } else {
        joined.addLast(span);
      }
    }
    return joined;
  }

  @Override
  public String toString() {
    return from + "-" + new Mark(to, sum);
  }
}
