package org.privateshare.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.model.ByteRange;

/// What a `Range` field asks for, of a file of a certain size (RFC 9110 section 14).
sealed interface ByteRanges {
  /// The most ranges that are answered one by one.
  int MAX_RANGES = 16;

  /// Answers without ranges.
  enum Plain implements ByteRanges {
    /// The whole file: no range is asked for, or none that has to be honoured.
    WHOLE,
    /// Nothing: all that is asked for lies behind the end.
    NONE
  }

  /// These ranges, in the order asked for; at least one, none overlaps another.
  record Parts(List<ByteRange> all) implements ByteRanges {
    public Parts {
      all = List.copyOf(all);
    }
  }

  /// Reads the lines of the `Range` field. What isn't to the letter of the grammar, has another
  /// unit or would be dear to answer (more than [#MAX_RANGES] ranges, or some that overlap) is as
  /// good as absent, and so is more than one line, for the field is no list.
  static ByteRanges of(List<String> lines, long size) {
    if (lines.size() != 1) {
      return Plain.WHOLE;
    }
    return specs(lines.getFirst()).map(specs -> select(specs, size)).orElse(Plain.WHOLE);
  }

  private static ByteRanges select(List<Spec> specs, long size) {
    List<ByteRange> found = new ArrayList<>();
    for (Spec spec : specs) {
      Optional<ByteRange> range = spec.within(size);
      if (range.isPresent()) {
        if (found.stream().anyMatch(range.get()::overlaps)) {
          return Plain.WHOLE;
        }
        found.add(range.get());
      } else if (spec.isSatisfiable(size)) {
        // The last bytes of an empty file: no `Content-Range` could say that.
        return Plain.WHOLE;
      }
    }
    return found.isEmpty() ? Plain.NONE : new Parts(found);
  }

  /// `bytes=` and specs joined by commas; spaces and tabs around these and empty elements are
  /// allowed (section 5.6.1.2).
  private static Optional<List<Spec>> specs(String field) {
    int equals = field.indexOf('=');
    if (equals < 0 || !field.substring(0, equals).toLowerCase(Locale.ROOT).equals("bytes")) {
      return Optional.empty();
    }
    List<Spec> specs = new ArrayList<>();
    for (String element : Lists.split(field.substring(equals + 1))) {
      Optional<Spec> spec = Spec.parse(element);
      if (spec.isEmpty() || specs.size() == MAX_RANGES) {
        return Optional.empty();
      }
      specs.add(spec.get());
    }
    return specs.isEmpty() ? Optional.empty() : Optional.of(specs);
  }

  /// One range as asked for: from a position to another or the end, or so many bytes at the end.
  ///
  /// @param first the first position, or -1 where the last bytes are meant
  /// @param last the last position, or how many of the last bytes; the largest number stands for
  ///   all that are larger
  record Spec(long first, long last) {
    private static final Pattern SHAPE = Pattern.compile("(\\d*)-(\\d*)");

    static Optional<Spec> parse(String text) {
      Matcher parts = SHAPE.matcher(text);
      if (!parts.matches() || text.length() == 1) {
        return Optional.empty();
      }
      boolean isSuffix = parts.group(1).isEmpty();
      Spec spec =
          new Spec(
              isSuffix ? -1 : number(parts.group(1)),
              parts.group(2).isEmpty() ? Long.MAX_VALUE : number(parts.group(2)));
      return spec.last < spec.first ? Optional.empty() : Optional.of(spec);
    }

    private static long number(String digits) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        return Long.MAX_VALUE; // what is all digits can only be too large
      }
    }

    boolean isSatisfiable(long size) {
      return first < 0 ? last > 0 : first < size;
    }

    Optional<ByteRange> within(long size) {
      if (!isSatisfiable(size) || size == 0) {
        return Optional.empty();
      }
      return Optional.of(
          first < 0
              ? new ByteRange(Math.max(0, size - last), size - 1)
              : new ByteRange(first, Math.min(last, size - 1)));
    }
  }
}
