package org.privateshare.client;

import java.util.OptionalLong;

/// How a run of transfers is done.
///
/// @param patience with the network
/// @param memories of transfers that were broken off
/// @param chooser asked where a name is taken by another file
/// @param bytesPerSecond the most that may move, where there is a limit
/// @param connections how many may bring one large file at once, or [#AS_IT_PAYS]
/// @param restart whether to drop what was kept and to begin anew
/// @param dryRun whether to say what would be moved, and to move nothing
/// @param folders how whole folders are moved
public record Habits(
    Patience patience,
    Memory.Keeper memories,
    Chooser chooser,
    OptionalLong bytesPerSecond,
    int connections,
    boolean restart,
    boolean dryRun,
    FolderHabits folders) {
  /// Over several connections where the server is far away.
  public static final int AS_IT_PAYS = 0;

  /// These, done in earnest, and folders as usual.
  public Habits(
      Patience patience,
      Memory.Keeper memories,
      Chooser chooser,
      OptionalLong bytesPerSecond,
      int connections,
      boolean restart) {
    this(
        patience,
        memories,
        chooser,
        bytesPerSecond,
        connections,
        restart,
        false,
        FolderHabits.USUAL);
  }

  /// These, for the files of a folder.
  Habits inFolder() {
    return new Habits(
        patience,
        memories,
        name -> folders.ifTaken(),
        bytesPerSecond,
        connections,
        restart,
        dryRun,
        folders);
  }
}
