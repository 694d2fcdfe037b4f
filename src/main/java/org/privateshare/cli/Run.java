package org.privateshare.cli;

import java.util.Locale;
import java.util.function.Consumer;
import org.privateshare.client.Chooser;
import org.privateshare.client.Progress;
import org.privateshare.client.Transfers;

/// A run of transfers with its end: what put and get have in common.
final class Run {
  /// Where broken-off transfers are remembered, in the state folder.
  private static final String FOLDER = "transfers";

  private final Shell shell;
  private final Manner manner;
  private final TransferOptions options;

  Run(Shell shell, Manner manner, TransferOptions options) {
    this.shell = shell;
    this.manner = manner;
    this.options = options;
  }

  /// Who decides where a name is taken: the user beforehand, or when it comes to it, or nobody.
  private Chooser chooser() {
    Chooser.Choice given = options.ifTaken();
    boolean asks = !manner.json() && !manner.quiet() && !options.dryRun();
    return given == Chooser.Choice.REFUSE && asks
        ? new AskingChooser(shell.prompt())
        : name -> given;
  }

  /// Does `work` with a share and tells how it went. The caller closes the share.
  ExitCode of(Request request, FarEnd far, Consumer<Transfers> work) {
    Tally tally = new Tally();
    Consumer<Progress> teller = manner.teller(shell, request, far, options.dryRun());
    var memories = new TransferMemories(shell.state().path().resolve(FOLDER), far.name());
    try (var _ = new InterruptNotice(shell, memories::isKept)) {
      work.accept(new Transfers(far, tally.andThen(teller), options.habits(memories, chooser())));
    }
    if (manner.json()) {
      new JsonLines(shell.out()).end(tally.exitCode());
    } else if (tally.done() + tally.failed() > 1
        && !options.dryRun()
        && !(manner.quiet() && tally.failed() == 0)) {
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
