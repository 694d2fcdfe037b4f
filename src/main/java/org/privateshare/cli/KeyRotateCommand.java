package org.privateshare.cli;

import java.io.IOException;

/// `key rotate`.
final class KeyRotateCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "rotate",
          "Make a new secret for the keys to come. The keys that there are stay good. Only on the"
              + " server's own machine.",
          "privateshare key rotate [OPTIONS]");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  KeyRotateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
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
