package org.privateshare.cli;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.Chooser;
import org.privateshare.client.FolderHabits;
import org.privateshare.client.Habits;
import org.privateshare.client.Patience;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How transfers are done: what `put` and `get` have in common.
final class TransferOptions {
  private static final String NEVER = "0";
  private static final long SLOWEST = 16 << 10;
  private static final int MOST_CONNECTIONS = 16;

  @Option(
      names = "--retry-for",
      paramLabel = "TIME",
      converter = RetryConverter.class,
      defaultValue = "15m",
      description = "Wait so long for a network that is gone; 0 for not at all (${DEFAULT-VALUE}).")
  private Duration retryFor = Duration.ofMinutes(15);

  @Option(
      names = "--restart",
      description = "Begin anew, also where an earlier run was stopped on its way.")
  private boolean restart;

  @Option(
      names = "--limit-rate",
      paramLabel = "SIZE",
      converter = Quantities.SizeConverter.class,
      description = "Move at most SIZE a second, 16KiB or more.")
  private @Nullable Long limitRate;

  @Option(
      names = {"-j", "--connections"},
      paramLabel = "N",
      description = "Move a large file over N connections, at most 16; 4 where the way is long.")
  private @Nullable Integer connections;

  private FolderHabits folderHabits = FolderHabits.USUAL;

  @ArgGroup private @Nullable IfNameTaken taken;

  @Mixin private final FolderOptions folders = new FolderOptions();

  /// What to do where a name is taken by another file: one of these.
  private static final class IfNameTaken {
    @Option(names = "--replace", description = "Take the place of another file of that name.")
    private boolean replace;

    @Option(names = "--rename", description = "Keep both: NAME (1).EXT becomes the new one's name.")
    private boolean rename;

    @Option(names = "--skip", description = "Leave the other file alone, and go on.")
    private boolean skip;
  }

  /// Called before anything is done.
  void check() throws Mistake {
    if (limitRate != null && limitRate < SLOWEST) {
      // Slower ones would run into the time limits of the far end.
      throw new Mistake("--limit-rate is at least 16KiB");
    }
    if (connections != null && (connections < 1 || connections > MOST_CONNECTIONS)) {
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
    if (taken == null) {
      return Chooser.Choice.REFUSE;
    }
    if (taken.replace) {
      return Chooser.Choice.REPLACE;
    }
    if (taken.rename) {
      return Chooser.Choice.RENAME;
    }
    return taken.skip ? Chooser.Choice.SKIP : Chooser.Choice.REFUSE;
  }

  /// These options, for transfers that are remembered there.
  Habits habits(TransferMemories memories, Chooser chooser) {
    return new Habits(
        new Patience(retryFor),
        memories,
        chooser,
        limitRate == null ? OptionalLong.empty() : OptionalLong.of(limitRate),
        connections == null ? Habits.AS_IT_PAYS : connections,
        restart,
        folders.dryRun(),
        folderHabits);
  }

  /// Reads `--retry-for`.
  static final class RetryConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return value.equals(NEVER) ? Duration.ZERO : Quantities.duration(value);
      } catch (Mistake e) {
        throw new TypeConversionException(e.reason());
      }
    }
  }
}
