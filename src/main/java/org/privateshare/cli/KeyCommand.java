package org.privateshare.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `key ...`: what there is to do with keys, each a command of its own.
@Command(
    name = "key",
    description =
        "Make, show and end keys: on this machine those of your own server, with --on those of"
            + " another.",
    customSynopsis = {
      "privateshare key new --label NAME --rights RIGHTS [OPTIONS]",
      "       privateshare key list [OPTIONS]",
      "       privateshare key revoke ID [OPTIONS]",
      "       privateshare key rotate | renew"
    })
final class KeyCommand implements Callable<Integer> {
  private KeyCommand() {}

  /// The command with those below it.
  static CommandLine with(Shell shell) {
    return new CommandLine(new KeyCommand())
        .addSubcommand(new KeyNewCommand(shell))
        .addSubcommand(new KeyListCommand(shell))
        .addSubcommand(new KeyRevokeCommand(shell))
        .addSubcommand(new KeyRotateCommand(shell))
        .addSubcommand(new KeyRenewCommand(shell));
  }

  @Override
  public Integer call() throws Mistake {
    throw new Mistake("'key' takes new, list, revoke, rotate or renew");
  }
}
