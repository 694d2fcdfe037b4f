package org.privateshare.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.RemoteKeys;
import org.privateshare.model.Refusal;
import org.privateshare.model.Rights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `key new --label NAME --rights RIGHTS`.
@Command(
    name = "new",
    description =
        "Make a key and write it to standard output, this once: whoever has it may do what it"
            + " says.",
    customSynopsis = "privateshare key new --label NAME --rights RIGHTS [OPTIONS]")
final class KeyNewCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final Manner manner = new Manner();

  @Mixin private final KeysOf server = new KeysOf();

  @Option(names = "--label", paramLabel = "NAME", description = "How people call the key.")
  private @Nullable String label;

  @Option(
      names = "--rights",
      paramLabel = "RIGHTS",
      description = "Some of list,get,put,replace,delete,admin.")
  private @Nullable String rights;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "What it reaches: a folder with / at the end, a file, or / for all.")
  private String path = "/";

  @Option(
      names = "--expire",
      paramLabel = "TIME",
      converter = Quantities.DurationConverter.class,
      description = "How long it lives: a whole number and s, m, h or d.")
  private @Nullable Duration expire;

  @Option(
      names = "--link",
      description = "It may stand in a URL; with --on, print that URL. For list and get only.")
  private boolean link;

  @Option(
      names = "--login-line",
      description = "With --on, print the line that its holder gives to 'login'.")
  private boolean loginLine;

  KeyNewCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Mistake, IOException {
    manner.check();
    UserState state = new UserState(shell);
    RemoteKeys.Wish wish = wish();
    Optional<Target> on = server.target(state);
    if (loginLine && (link || on.isEmpty())) {
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
    Optional<String> line = frame.flatMap(known -> known.line(issued, loginLine));
    if (!manner.json() && !manner.quiet()) {
      shell.say("made key " + Keys.inWords(issued.known()));
    }
    rows.row(() -> line.orElse(issued.text()), "key", Members.of(issued, line));
  }

  private static KeyLine frame(UserState state, Target on) throws Refusal, IOException {
    return new KeyLine(state.origin(on.place()), state.trust(on.place()));
  }

  private RemoteKeys.Wish wish() throws Mistake {
    if (label == null || rights == null) {
      throw new Mistake("'key new' takes --label NAME and --rights RIGHTS");
    }
    try {
      return new RemoteKeys.Wish(label, Rights.parse(rights), path, expires(), link);
    } catch (Refusal.BadName e) {
      throw new Mistake(e.reason());
    }
  }

  private Optional<Instant> expires() {
    return Optional.ofNullable(expire)
        .map(time -> Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS));
  }
}
