package org.privateshare.cli;

import java.util.List;
import org.privateshare.client.Chooser;
import org.privateshare.client.FolderHabits;
import org.privateshare.client.Globs;
import org.privateshare.model.Refusal;

/// How whole folders are moved: what `put` and `get` have in common.
final class FolderOptions {
  private final List<String> exclude;
  private final Flag checksum;
  private final Flag dryRun;

  FolderOptions(Syntax syntax) {
    this.exclude =
        syntax.texts(
            "GLOB",
            "In folders, leave out what is called so: any name, or with a slash in it, a path from"
                + " the folder on. May be repeated.",
            "--exclude");
    this.checksum =
        syntax.flag(
            "In folders, compare files of one size by their sums, not by their times.",
            "--checksum");
    this.dryRun = syntax.flag("Say what would be moved, and move nothing.", "-n", "--dry-run");
  }

  /// Whether nothing shall be done.
  boolean dryRun() {
    return dryRun.isOn();
  }

  /// These options.
  FolderHabits habits(Chooser.Choice ifTaken) throws Mistake {
    try {
      return new FolderHabits(Globs.of(exclude), checksum.isOn(), ifTaken);
    } catch (Refusal.BadName e) {
      throw new Mistake("--exclude: " + e.reason());
    }
  }
}
