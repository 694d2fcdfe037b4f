package org.privateshare.http;

import java.util.EnumMap;
import java.util.Map;

/// How many members of an archive became what. For one thread at a time.
final class UnpackTally {
  private final Map<UnpackLine.Kind, Long> counts = new EnumMap<>(UnpackLine.Kind.class);

  void count(UnpackLine line) {
    var _ = counts.merge(line.kind(), 1L, Long::sum);
  }

  /// The line that says that the answer is whole.
  String line() {
    return JsonText.object(
        json -> {
          json.writeObjectFieldStart("end");
          long members = counts.values().stream().mapToLong(Long::longValue).sum();
          json.writeNumberField("members", members);
          for (UnpackLine.Kind kind : UnpackLine.Kind.values()) {
            json.writeNumberField(kind.word(), counts.getOrDefault(kind, 0L));
          }
          json.writeEndObject();
        });
  }
}
