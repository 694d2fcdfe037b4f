package org.privateshare.cli;

import java.util.List;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;

/// `logout ALIAS`.
final class LogoutCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "logout",
          "Forget a server and the key for it. The key lives on until it is revoked.",
          "privateshare logout [OPTIONS] ALIAS");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final List<String> words = syntax.operands("ALIAS", "As 'login --list' shows it.");

  LogoutCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
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
