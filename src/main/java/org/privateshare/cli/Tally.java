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
  private boolean inFolder;
  private boolean someInFolders;

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
      case Progress.Planned p -> succeeded();
      case Progress.LeftOut l -> {}
      case Progress.FolderStarted s -> inFolder = true;
      case Progress.FolderAdvanced a -> {}
      case Progress.FolderDone d -> inFolder = false;
    }
  }

  /// One more has been done.
  void succeeded() {
    if (inFolder) {
      someInFolders = true;
    } else {
      done++;
    }
  }

  /// One more could not be done.
  ///
  /// @param cause a `Refusal` or `IOException`
  void failedBy(Exception cause) {
    if (!inFolder) {
      failed++;
    }
    failures.add(ExitCode.of(cause));
  }

  /// How many files are there, those of folders not counted.
  int done() {
    return done;
  }

  /// How many are not, those of folders not counted.
  int failed() {
    return failed;
  }

  /// The code of the whole run: that of the failures where nothing succeeded and all failed for one
  /// reason, else 1, "some failed".
  ExitCode exitCode() {
    if (failures.isEmpty()) {
      return ExitCode.DONE;
    }
    return done == 0 && !someInFolders && failures.size() == 1
        ? failures.iterator().next()
        : ExitCode.FAILED;
  }
}
