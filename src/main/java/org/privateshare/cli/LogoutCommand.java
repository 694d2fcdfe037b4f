package org.privateshare.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `logout ALIAS`.
@Command(
    name = "logout",
    description = "Forget a server and the key for it. The key lives on until it is revoked.",
    customSynopsis = "privateshare logout [OPTIONS] ALIAS")
final class LogoutCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Parameters(arity = "0..*", paramLabel = "ALIAS", description = "As 'login --list' shows it.")
  private List<String> words = List.of();

  LogoutCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake {
    manner.check();
    if (words.size() != 1) {
      throw new Mistake("'logout' takes one ALIAS, as 'login --list' shows it");
    }
    String alias = words.getFirst();
    UserState state = new UserState(shell);
    Errands errands = new Errands(shell, manner);
    errands.run(
        "log out of",
        alias,
        FarEnd.HERE,
        new Errands.Success(
            "forgot " + Printable.escape(alias),
            "forgotten",
            json -> json.writeStringField("name", alias)),
        () -> {
          if (state.aliases().named(alias).isEmpty()) {
            throw Refusal.Missing.alias(alias);
          }
          state.file().change(aliases -> aliases.without(alias));
        });
    return errands.end().number();
  }
}
