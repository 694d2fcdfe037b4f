package org.privateshare.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `key renew`.
@Command(
    name = "renew",
    description =
        "Make a new secret and end all keys, the owner's too, which is made anew: for secrets that"
            + " leaked. Only on the server's own machine.",
    customSynopsis = "privateshare key renew [OPTIONS]")
final class KeyRenewCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  KeyRenewCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    if (!yes && !shell.prompt().consent("Every key ends now. Go on? (yes)").orElse(false)) {
      throw new Mistake(
          ExitCode.NOT_ALLOWED, "nothing was changed: it takes a yes on the terminal, or --yes");
    }
    Errands errands = new Errands(shell, manner);
    errands.run(
        "renew the secret",
        "",
        FarEnd.HERE,
        new Errands.Success(
            "no key is good any more but a new owner key: log in again elsewhere",
            "renewed",
            json -> {}),
        () -> LocalKeys.of(shell.state()).renew());
    return errands.end().number();
  }
}
