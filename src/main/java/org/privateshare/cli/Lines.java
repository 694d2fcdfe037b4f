package org.privateshare.cli;

import java.util.Locale;
import java.util.function.Consumer;
import org.privateshare.client.FolderSum;
import org.privateshare.client.Progress;
import org.privateshare.model.Printable;

/// Tells a run of transfers as one line a file or folder: name, size, time and rate, or what went
/// wrong. Of what is in a folder only that is told.
final class Lines implements Consumer<Progress> {
  private final Shell shell;
  private final Request request;
  private final FarEnd far;
  private final boolean quiet;
  private final boolean dryRun;
  private boolean waits;
  private boolean inFolder;

  /// Tells about requests to `far`.
  ///
  /// @param quiet whether to tell failures only
  /// @param dryRun whether nothing is done, only planned
  Lines(Shell shell, Request request, FarEnd far, boolean quiet, boolean dryRun) {
    this.shell = shell;
    this.request = request;
    this.far = far;
    this.quiet = quiet;
    this.dryRun = dryRun;
  }

  @Override
  public void accept(Progress progress) {
    switch (progress) {
      case Progress.Done done when !inFolder && !quiet -> shell.say(success(done));
      case Progress.Done done -> {}
      case Progress.Unchanged unchanged -> tell("unchanged", unchanged.name());
      case Progress.Skipped skipped -> tell("skipped", skipped.name());
      case Progress.Failed failed -> shell.complain(failure(failed));
      case Progress.Waiting waiting -> waiting(waiting);
      case Progress.Advanced a -> waits = false;
      case Progress.Started s -> waits = false;
      case Progress.Resumed r -> {}
      case Progress.Planned planned -> shell.out().println(Printable.escape(planned.name()));
      case Progress.LeftOut(var name, var what) when !quiet ->
          shell.say("left out " + Printable.escape(name) + ": " + what);
      case Progress.LeftOut l -> {}
      case Progress.FolderStarted s -> inFolder = true;
      case Progress.FolderAdvanced a -> waits = false;
      case Progress.FolderDone done -> {
        inFolder = false;
        folderDone(done);
      }
    }
  }

  private void folderDone(Progress.FolderDone done) {
    FolderSum sum = done.sum();
    boolean nothing = sum.files() + sum.folders() + sum.unchanged() + sum.skipped() == 0;
    if (!quiet && !(nothing && sum.failed() > 0)) {
      shell.say(FolderLine.of(done, request, far, dryRun));
    }
  }

  private void tell(String what, String name) {
    if (!quiet && !inFolder) {
      shell.say(what + " " + Printable.escape(name) + " on " + Printable.escape(far.name()));
    }
  }

  /// Once until something moves again.
  private void waiting(Progress.Waiting waiting) {
    if (!waits && !quiet) {
      shell.complain(
          "waiting for the network: " + Explain.waiting(waiting.name(), waiting.cause(), far));
    }
    waits = true;
  }

  private String success(Progress.Done done) {
    return String.format(
        Locale.ROOT,
        "%s %s%s %s %s: %s%s in %s, %s%s",
        request.past(),
        Printable.escape(done.name()),
        done.as().map(as -> " as " + Printable.escape(as)).orElse(""),
        request.preposition(),
        Printable.escape(far.name()),
        Amounts.size(done.bytes()),
        done.moved() < done.bytes() ? ", of them " + Amounts.size(done.moved()) + " now" : "",
        Amounts.time(done.took()),
        Amounts.rate(done.moved(), done.took()),
        request == Request.PUT && done.digest().isPresent() ? ", on disk" : "");
  }

  private String failure(Progress.Failed failed) {
    return String.format(
        Locale.ROOT,
        "cannot %s %s: %s",
        request.word(),
        Printable.escape(failed.name()),
        failed.kept()
            ? Explain.stop(failed.name(), failed.cause(), far)
            : Explain.failure(failed.name(), failed.cause(), far));
  }
}
