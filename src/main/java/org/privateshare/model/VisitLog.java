package org.privateshare.model;

/// Where the doors report their visits.
///
/// Thread-safe. Never throws and never makes its caller wait for a medium: a log that can't be
/// written must not hold up a transfer.
@FunctionalInterface
public interface VisitLog {
  /// Takes note of a visit that has ended; once for each.
  void record(Visit visit);
}
