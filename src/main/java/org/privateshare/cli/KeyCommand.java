package org.privateshare.cli;

import java.util.List;
import picocli.CommandLine;

/// `key ...`: what there is to do with keys, each a command of its own.
final class KeyCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "key",
          "Make, show and end keys: on this machine those of your own server, with --on those of"
              + " another.",
          "privateshare key new --label NAME --rights RIGHTS [OPTIONS]",
          "       privateshare key list [OPTIONS]",
          "       privateshare key revoke ID [OPTIONS]",
          "       privateshare key rotate | renew");

  private KeyCommand() {}

  /// The command with those below it.
  static CommandLine with(Shell shell) {
    KeyCommand key = new KeyCommand();
    CommandLine line = key.syntax.lineOf(key);
    for (Command below :
        List.of(
            new KeyNewCommand(shell),
            new KeyListCommand(shell),
            new KeyRevokeCommand(shell),
            new KeyRotateCommand(shell),
            new KeyRenewCommand(shell))) {
      line.addSubcommand(below.syntax().lineOf(below));
    }
    return line;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake {
    throw new Mistake("'key' takes new, list, revoke, rotate or renew");
  }
}
