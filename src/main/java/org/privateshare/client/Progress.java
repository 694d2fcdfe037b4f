package org.privateshare.client;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.model.Digest;

/// What happens to one file of a run. For every file: [Started], unless it failed before, any
/// number of [Advanced], [Resumed] and [Waiting], and at the end one [Done], [Unchanged], [Skipped]
/// or [Failed]. With a dry run [Planned] takes the place of all that would be done.
///
/// A folder is [FolderStarted], then come the events of what is in it, [FolderAdvanced] in between,
/// and at the end one [FolderDone]. A small file in it is told in one event, at its end. What goes
/// wrong with the folder as a whole is [Failed] under the folder's own name.
///
/// Names are as the user or the far end wrote them, not yet fit for a terminal.
public sealed interface Progress {
  /// The file's name in the share.
  String name();

  /// The run has turned to this file.
  ///
  /// @param total the file's size in bytes, where it is known already
  record Started(String name, OptionalLong total) implements Progress {}

  /// Bytes have moved.
  ///
  /// @param moved the bytes that have gone over so far
  /// @param total the bytes there will be, where the protocol says so
  record Advanced(String name, long moved, OptionalLong total) implements Progress {}

  /// The transfer goes on where an earlier run, or an earlier attempt of this one, has stopped.
  ///
  /// @param at how many bytes have gone over before
  /// @param total the bytes there will be
  record Resumed(String name, long at, long total) implements Progress {}

  /// The network, or a server that asks for it, is waited for; then all is tried again.
  ///
  /// @param pause how long
  /// @param cause what has broken off
  record Waiting(String name, Duration pause, Exception cause) implements Progress {}

  /// The file is there, whole.
  ///
  /// @param bytes its size
  /// @param moved how many of them this run has moved
  /// @param took how long it took, connecting included
  /// @param digest the sum that both ends agree on, where the protocol has one
  /// @param as the name it has got where its own was taken
  record Done(
      String name,
      long bytes,
      long moved,
      Duration took,
      Optional<Digest> digest,
      Optional<String> as)
      implements Progress {}

  /// The very same file was there already.
  ///
  /// @param bytes its size
  record Unchanged(String name, long bytes) implements Progress {}

  /// Another file of that name is there, and stays.
  record Skipped(String name) implements Progress {}

  /// The file is not there.
  ///
  /// @param cause an `IOException` or a [org.privateshare.model.Refusal]
  /// @param kept whether the same command goes on where this one has stopped
  record Failed(String name, Exception cause, boolean kept) implements Progress {}

  /// The file or folder would move, were this not a dry run.
  ///
  /// @param name with a slash at the end for a folder
  /// @param bytes its size
  record Planned(String name, long bytes) implements Progress {}

  /// Something in a folder that is neither file nor folder, and isn't moved.
  ///
  /// @param what it is
  record LeftOut(String name, String what) implements Progress {}

  /// The run has turned to this folder. What is told until [FolderDone] is about what is in it.
  record FolderStarted(String name) implements Progress {}

  /// Files of a folder have moved.
  ///
  /// @param files that are settled, one way or another
  /// @param bytes that have moved
  /// @param totalFiles how many files there are to move
  /// @param totalBytes the bytes that they have
  record FolderAdvanced(String name, long files, long bytes, long totalFiles, long totalBytes)
      implements Progress {}

  /// The run is done with the folder.
  ///
  /// @param sum what has become of all that is in it
  record FolderDone(String name, FolderSum sum, Duration took) implements Progress {}
}
