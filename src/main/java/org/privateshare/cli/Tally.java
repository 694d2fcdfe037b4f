package org.privateshare.cli;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.privateshare.client.Progress;

/// Adds up how a run of transfers, or of changes, went.
final class Tally implements Consumer<Progress> {
  private final Set<ExitCode> failures = EnumSet.noneOf(ExitCode.class);
  private int done;
  private int failed;

  @Override
  public void accept(Progress progress) {
    switch (progress) {
      case Progress.Done d -> succeeded();
      case Progress.Unchanged u -> succeeded();
      case Progress.Skipped s -> succeeded();
      case Progress.Failed f -> failedBy(f.cause());
      case Progress.Started b -> {}
      case Progress.Advanced a -> {}
      case Progress.Resumed r -> {}
      case Progress.Waiting w -> {}
    }
  }

  /// One more has been done.
  void succeeded() {
    done++;
  }

  /// One more could not be done.
  ///
  /// @param cause a `Refusal` or `IOException`
  void failedBy(Exception cause) {
    failed++;
    failures.add(ExitCode.of(cause));
  }

  /// How many files are there.
  int done() {
    return done;
  }

  /// How many are not.
  int failed() {
    return failed;
  }

  /// The code of the whole run: that of the failures where nothing succeeded and all failed for one
  /// reason, else 1, "some failed".
  ExitCode exitCode() {
    if (failures.isEmpty()) {
      return ExitCode.DONE;
    }
    return done == 0 && failures.size() == 1 ? failures.iterator().next() : ExitCode.FAILED;
  }
}
