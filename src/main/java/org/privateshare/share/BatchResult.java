package org.privateshare.share;

import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What became of one file of a [Batch].
public sealed interface BatchResult {
  /// These bytes are on the medium under this name, and a power cut loses nothing.
  ///
  /// @param size the length in bytes
  /// @param digest the CRC-32C of all bytes, computed while they passed
  /// @param replaced whether an old version went into the history for it
  record Stored(SharePath path, long size, Digest digest, boolean replaced)
      implements BatchResult {}

  /// The very same bytes were there under its name, and stay as they are.
  record Unchanged(SharePath path, long size) implements BatchResult {}

  /// It was not published, and what has the name stays as it is; [Refusal.Taken] where that is
  /// something else.
  record Refused(SharePath path, Refusal why) implements BatchResult {}
}
