package org.privateshare.cli;

import java.time.Duration;
import java.util.OptionalLong;
import org.privateshare.client.Chooser;
import org.privateshare.client.FolderHabits;
import org.privateshare.client.Habits;
import org.privateshare.client.Patience;

/// How transfers are done: what `put` and `get` have in common.
final class TransferOptions {
  private static final String NEVER = "0";
  private static final long SLOWEST = 16 << 10;
  private static final int MOST_CONNECTIONS = 16;
  private static final Duration RETRY_FOR = Duration.ofMinutes(15);

  private final Given<Duration> retryFor;
  private final Flag restart;
  private final Given<Long> limitRate;
  private final Given<Integer> connections;
  private FolderHabits folderHabits = FolderHabits.USUAL;

  private final Flag replace = Flag.of("Take the place of another file of that name.", "--replace");
  private final Flag rename =
      Flag.of("Keep both: NAME (1).EXT becomes the new one's name.", "--rename");
  private final Flag skip = Flag.of("Leave the other file alone, and go on.", "--skip");

  private final FolderOptions folders;

  TransferOptions(Syntax syntax) {
    this.retryFor =
        syntax.value(
            Duration.class,
            "TIME",
            "Wait so long for a network that is gone; 0 for not at all (15m).",
            TransferOptions::patience,
            "--retry-for");
    this.restart =
        syntax.flag("Begin anew, also where an earlier run was stopped on its way.", "--restart");
    this.limitRate =
        syntax.value(
            Long.class,
            "SIZE",
            "Move at most SIZE a second, 16KiB or more.",
            Quantities::size,
            "--limit-rate");
    this.connections =
        syntax.value(
            Integer.class,
            "N",
            "Move a large file over N connections, at most 16; 4 where the way is long.",
            Quantities::number,
            "-j",
            "--connections");
    this.folders = new FolderOptions(syntax);
    syntax.choice(replace, rename, skip);
  }

  /// Called before anything is done.
  void check() throws Mistake {
    if (limitRate.or(SLOWEST) < SLOWEST) {
      // Slower ones would run into the time limits of the far end.
      throw new Mistake("--limit-rate is at least 16KiB");
    }
    int wanted = connections.or(1);
    if (wanted < 1 || wanted > MOST_CONNECTIONS) {
      throw new Mistake("-j takes a number from 1 to " + MOST_CONNECTIONS);
    }
    folderHabits = folders.habits(ifTaken());
  }

  /// Whether nothing shall be moved.
  boolean dryRun() {
    return folders.dryRun();
  }

  /// What becomes of a file whose name is taken, as far as the user has said.
  Chooser.Choice ifTaken() {
    if (replace.isOn()) {
      return Chooser.Choice.REPLACE;
    }
    if (rename.isOn()) {
      return Chooser.Choice.RENAME;
    }
    return skip.isOn() ? Chooser.Choice.SKIP : Chooser.Choice.REFUSE;
  }

  /// These options, for transfers that are remembered there.
  Habits habits(TransferMemories memories, Chooser chooser) {
    return new Habits(
        new Patience(retryFor.or(RETRY_FOR)),
        memories,
        chooser,
        limitRate.value().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        connections.or(Habits.AS_IT_PAYS),
        restart.isOn(),
        dryRun(),
        folderHabits);
  }

  private static Duration patience(String text) throws Mistake {
    return text.equals(NEVER) ? Duration.ZERO : Quantities.duration(text);
  }
}
