package org.privateshare.share;

import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What became of one file of a [Batch].
public sealed interface BatchResult {
  /// It is on the medium under its name, and a power cut loses nothing.
  record Stored(Receipt receipt) implements BatchResult {}

  /// The very same bytes were there under its name, and stay as they are.
  record Unchanged(SharePath path, long size) implements BatchResult {}

  /// It was not published, and what has the name stays as it is; [Refusal.Taken] where that is
  /// something else.
  record Refused(SharePath path, Refusal why) implements BatchResult {}
}
