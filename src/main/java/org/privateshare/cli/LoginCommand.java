package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import org.privateshare.client.Alias;
import org.privateshare.client.Aliases;

/// `login LINE` and `login --list`.
final class LoginCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "login",
          "Save a server's address, fingerprint and key under a name.",
          "privateshare login [OPTIONS] https://HOST:PORT/",
          "       privateshare login [OPTIONS] -",
          "       privateshare login --list");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final Given<String> name =
      syntax.text("ALIAS", "Under this name; under the host's unless given.", "--name");

  private final Flag keyFromInput =
      syntax.flag("Read the key from standard input, one line.", "--key-stdin");

  private final Flag list =
      syntax.flag("Show what is saved: name, address, fingerprint.", "--list");

  private final List<String> words =
      syntax.operands(
          "LINE",
          "https://HOST:PORT/ to be asked for the key; in quotes, the whole line that the server's"
              + " banner shows; or - to read it from standard input. What stands on a command line"
              + " can be seen by other users of this machine while the command runs.");

  LoginCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    UserState state = new UserState(shell);
    if (list.isOn()) {
      return list(state).number();
    }
    if (words.size() != 1) {
      throw new Mistake("'login' takes https://HOST:PORT/, or - to read it");
    }
    boolean read = words.getFirst().equals("-");
    if (read && keyFromInput.isOn()) {
      throw new Mistake("standard input is one line: the whole one for -, or the key");
    }
    LoginLine line = LoginLine.parse(read ? Login.firstLine(shell.in()) : words.getFirst());
    return login(state, line).number();
  }

  private ExitCode login(UserState state, LoginLine line) throws Mistake {
    String alias = alias(state, line);
    Login login = new Login(shell, keyFromInput.isOn());
    Errands errands = new Errands(shell, manner);
    errands.run(
        "log in to",
        line.toString(),
        new FarEnd(line.server().toString(), FarEnd.HERE::open),
        new Errands.Success(
            "logged in to " + line + "; it is called " + alias + " now: privateshare list " + alias,
            "alias",
            json -> Login.write(json, saved(state, alias))),
        () -> {
          Alias made = new Alias(alias, line.server(), login.credential(line));
          state.file().change(aliases -> aliases.with(made));
        });
    return errands.end();
  }

  private static Alias saved(UserState state, String alias) throws IOException {
    return state.file().read().named(alias).orElseThrow();
  }

  /// The name to save it under.
  private String alias(UserState state, LoginLine line) throws Mistake {
    String wanted = name.or(line.server().host());
    if (!Alias.isName(wanted) || wanted.matches("[0-9]+")) {
      throw new Mistake(
          Paths.shown(wanted)
              + " can't be an alias: give --name, up to 64 of A-Z a-z 0-9 . _ -, not digits alone");
    }
    boolean taken =
        state
            .known()
            .named(wanted)
            .filter(other -> !other.origin().equals(line.server()))
            .isPresent();
    if (taken) {
      throw new Mistake(
          ExitCode.EXISTS,
          "the alias " + wanted + " means another server: give --name, or 'logout' first");
    }
    return wanted;
  }

  private ExitCode list(UserState state) throws Mistake {
    if (!words.isEmpty() || name.isThere() || keyFromInput.isOn()) {
      throw new Mistake("--list shows all that is saved and takes nothing else");
    }
    Aliases aliases = state.known();
    List<String> lines = Keys.aligned(aliases.list().stream().map(Login::row).toList());
    return new Rows(shell, manner)
        .run(
            "show the aliases",
            FarEnd.HERE,
            rows -> {
              for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                Alias alias = aliases.list().get(i);
                rows.row(() -> line, "alias", json -> Login.write(json, alias));
              }
            });
  }
}
