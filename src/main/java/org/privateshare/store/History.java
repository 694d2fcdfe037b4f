package org.privateshare.store;

import java.io.IOException;
import java.time.Instant;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The old versions of files that were replaced or removed. Part of the medium like the files
/// themselves: it outlives the process and goes along when the share is copied. Thread-safe.
public interface History {
  /// The old versions of the file at `path` and of all files below it, in no particular order, in
  /// memory that doesn't grow with their number. The caller closes it.
  OldVersions list(SharePath path) throws IOException;

  /// Moves an old version out of the history to the free name `to`, making missing folders.
  ///
  /// @param path where it was
  /// @param id which one of `path`; see [org.privateshare.model.OldVersion]
  /// @throws Refusal.Missing where the history has no such version
  /// @throws Refusal.Taken where `to`, or a twin of it, is taken
  void restore(SharePath path, String id, SharePath to) throws Refusal, IOException;

  /// Deletes for good what was kept since before `limit`. May be stopped and called again at any
  /// point.
  ///
  /// @return how many old versions it deleted
  long purge(Instant limit) throws IOException;
}
