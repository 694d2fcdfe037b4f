package org.privateshare.cli;

import java.util.List;
import org.privateshare.client.Chooser;
import org.privateshare.client.FolderHabits;
import org.privateshare.client.Globs;
import org.privateshare.model.Refusal;
import picocli.CommandLine.Option;

/// How whole folders are moved: what `put` and `get` have in common.
final class FolderOptions {
  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description =
          "In folders, leave out what is called so: any name, or with a slash in it, a path from"
              + " the folder on. May be repeated.")
  private List<String> exclude = List.of();

  @Option(
      names = "--checksum",
      description = "In folders, compare files of one size by their sums, not by their times.")
  private boolean checksum;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Say what would be moved, and move nothing.")
  private boolean dryRun;

  /// Whether nothing shall be done.
  boolean dryRun() {
    return dryRun;
  }

  /// These options.
  FolderHabits habits(Chooser.Choice ifTaken) throws Mistake {
    try {
      return new FolderHabits(Globs.of(exclude), checksum, ifTaken);
    } catch (Refusal.BadName e) {
      throw new Mistake("--exclude: " + e.reason());
    }
  }
}
