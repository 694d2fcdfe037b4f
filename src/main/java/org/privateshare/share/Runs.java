package org.privateshare.share;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The runs of an upload: what of it is on the medium. None reaches into another.
///
/// @param all the runs in their order, none of them empty
record Runs(List<Run> all) {
  static final Runs NONE = new Runs(List.of());

  Runs {
    all = List.copyOf(all);
  }

  /// The bytes from the first one on that follow each other without a gap.
  Run prefix() {
    Run prefix = Run.NOTHING;
    for (Run run : all) {
      if (run.start() != prefix.end()) {
        break;
      }
      prefix = prefix.plus(run.end() - run.start(), run.digest());
    }
    return prefix;
  }

  /// These with those in one that follow each other without a gap, as others need them.
  List<Run> joined() {
    List<Run> joined = new ArrayList<>();
    for (Run run : all) {
      if (!joined.isEmpty() && joined.getLast().end() == run.start()) {
        joined.addLast(joined.removeLast().plus(run.end() - run.start(), run.digest()));
      } else {
        joined.addLast(run);
      }
    }
    return joined;
  }

  /// The run that goes on at `offset`, or else one that begins there.
  Run at(long offset) {
    return all.stream()
        .filter(run -> run.end() == offset)
        .findFirst()
        .orElseGet(() -> Run.emptyAt(offset));
  }

  /// Whether a run reaches beyond `offset` from before it.
  boolean isInside(long offset) {
    return all.stream().anyMatch(run -> run.start() <= offset && offset < run.end());
  }

  /// Where the first run begins that lies behind `offset`.
  Optional<Long> nextAfter(long offset) {
    return all.stream().map(Run::start).filter(start -> start >= offset).findFirst();
  }

  /// These with another one, in the place of those that lie in it.
  Runs with(Run run) {
    List<Run> changed = new ArrayList<>(all);
    changed.removeIf(old -> old.start() >= run.start() && old.end() <= run.end());
    if (run.start() < run.end()) {
      changed.add(run);
    }
    changed.sort(Comparator.comparingLong(Run::start));
    return new Runs(changed);
  }

  /// These without what lies behind `offset`.
  Runs upTo(long offset) {
    return new Runs(all.stream().filter(run -> run.end() <= offset).toList());
  }
}
