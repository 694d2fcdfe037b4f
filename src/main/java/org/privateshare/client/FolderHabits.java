package org.privateshare.client;

/// How whole folders are moved.
///
/// @param exclude what is passed over
/// @param checksum whether files of one size are compared by their sums, and not by their times
/// @param ifTaken what becomes of files whose names others have; nobody is asked for each
public record FolderHabits(Globs exclude, boolean checksum, Chooser.Choice ifTaken) {
  /// All of them, compared by size and time, and none in the place of another.
  public static final FolderHabits USUAL =
      new FolderHabits(Globs.NONE, false, Chooser.Choice.REFUSE);
}
