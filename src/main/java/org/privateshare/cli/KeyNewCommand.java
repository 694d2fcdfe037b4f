package org.privateshare.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.privateshare.client.RemoteKeys;
import org.privateshare.model.Refusal;
import org.privateshare.model.Rights;

/// `key new --label NAME --rights RIGHTS`.
final class KeyNewCommand implements Command {
  private final Syntax syntax =
      new Syntax(
          "new",
          "Make a key and write it to standard output, this once: whoever has it may do what it"
              + " says.",
          "privateshare key new --label NAME --rights RIGHTS [OPTIONS]");
  private final Shell shell;

  private final Manner manner = new Manner(syntax);

  private final KeysOf server = new KeysOf(syntax);

  private final Given<String> label = syntax.text("NAME", "How people call the key.", "--label");

  private final Given<String> rights =
      syntax.text("RIGHTS", "Some of list,get,put,replace,delete,admin.", "--rights");

  private final Given<String> path =
      syntax.text(
          "PATH", "What it reaches: a folder with / at the end, a file, or / for all.", "--path");

  private final Given<Duration> expire =
      syntax.value(
          Duration.class,
          "TIME",
          "How long it lives: a whole number and s, m, h or d.",
          Quantities::duration,
          "--expire");

  private final Flag link =
      syntax.flag(
          "It may stand in a URL; with --on, print that URL. For list and get only.", "--link");

  private final Flag loginLine =
      syntax.flag("With --on, print the line that its holder gives to 'login'.", "--login-line");

  KeyNewCommand(Shell shell) {
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
    RemoteKeys.Wish wish = wish();
    Optional<Target> on = server.target(state);
    if (loginLine.isOn() && (link.isOn() || on.isEmpty())) {
      throw new Mistake("--login-line needs --on, and is not for links");
    }
    try (FarEnd far = server.farEnd(state)) {
      return new Rows(shell, manner)
          .run("make a key", far, rows -> issue(rows, server.keys(shell, far), wish, state, on))
          .number();
    }
  }

  private void issue(
      Rows rows, RemoteKeys keys, RemoteKeys.Wish wish, UserState state, Optional<Target> on)
      throws Refusal, IOException {
    // Before a key is made: what can't be found out now must not fail behind it.
    Optional<KeyLine> frame =
        on.isPresent() ? Optional.of(frame(state, on.get())) : Optional.empty();
    RemoteKeys.Issued issued = keys.issue(wish);
    Optional<String> line = frame.flatMap(known -> known.line(issued, loginLine.isOn()));
    if (!manner.json() && !manner.quiet()) {
      shell.say("made key " + Keys.inWords(issued.known()));
    }
    rows.row(() -> line.orElse(issued.text()), "key", Members.of(issued, line));
  }

  private static KeyLine frame(UserState state, Target on) throws Refusal, IOException {
    return new KeyLine(state.origin(on.place()), state.trust(on.place()));
  }

  private RemoteKeys.Wish wish() throws Mistake {
    if (!label.isThere() || !rights.isThere()) {
      throw new Mistake("'key new' takes --label NAME and --rights RIGHTS");
    }
    try {
      return new RemoteKeys.Wish(
          label.value().orElseThrow(),
          Rights.parse(rights.value().orElseThrow()),
          path.or("/"),
          expires(),
          link.isOn());
    } catch (Refusal.BadName e) {
      throw new Mistake(e.reason());
    }
  }

  private Optional<Instant> expires() {
    return expire.value().map(time -> Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS));
  }
}
