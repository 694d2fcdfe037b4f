package org.privateshare.cli;

import java.util.Locale;
import java.util.function.Consumer;
import org.privateshare.client.Progress;
import org.privateshare.client.Transfers;

/// A run of transfers with its end: what put and get have in common.
final class Run {
  private final Shell shell;
  private final Manner manner;

  Run(Shell shell, Manner manner) {
    this.shell = shell;
    this.manner = manner;
  }

  /// Does `work` with a share and tells how it went. The caller closes the share.
  ExitCode of(Request request, FarEnd far, Consumer<Transfers> work) {
    Tally tally = new Tally();
    Consumer<Progress> teller = manner.teller(shell, request, far);
    work.accept(new Transfers(far, tally.andThen(teller)));
    if (manner.json()) {
      new JsonLines(shell.out()).end(tally.exitCode());
    } else if (tally.done() + tally.failed() > 1 && !(manner.quiet() && tally.failed() == 0)) {
      shell.say(
          String.format(
              Locale.ROOT,
              "%s %d of %d files",
              request.past(),
              tally.done(),
              tally.done() + tally.failed()));
    }
    return tally.exitCode();
  }
}
