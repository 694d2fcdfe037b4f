package org.privateshare.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `key rotate`.
@Command(
    name = "rotate",
    description =
        "Make a new secret for the keys to come. The keys that there are stay good. Only on the"
            + " server's own machine.",
    customSynopsis = "privateshare key rotate [OPTIONS]")
final class KeyRotateCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  KeyRotateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    Errands errands = new Errands(shell, manner);
    errands.run(
        "rotate the secret",
        "",
        FarEnd.HERE,
        new Errands.Success(
            "new keys are signed with a new secret; the old keys stay good", "rotated", json -> {}),
        () -> LocalKeys.of(shell.state()).rotate());
    return errands.end().number();
  }
}
