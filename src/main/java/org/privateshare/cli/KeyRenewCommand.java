package org.privateshare.cli;

import java.io.IOException;

/// `key renew`.
final class KeyRenewCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "renew",
          "Make a new secret and end all keys, the owner's too, which is made anew: for secrets"
              + " that leaked. Only on the server's own machine.",
          "privateshare key renew [OPTIONS]");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final Flag yes = syntax.flag("Don't ask.", "--yes");

  KeyRenewCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    if (!yes.isOn() && !shell.prompt().consent("Every key ends now. Go on? (yes)").orElse(false)) {
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
