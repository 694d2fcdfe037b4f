package org.privateshare.client;

import java.util.Optional;
import org.privateshare.model.Digest;

/// How a transfer has ended that did not fail.
sealed interface Outcome {
  /// The file has moved.
  ///
  /// @param as the name it has got where its own was taken
  record Moved(long size, Optional<Digest> digest, Optional<String> as) implements Outcome {}

  /// The same file was there already.
  record Unchanged(long size) implements Outcome {}

  /// The file would move, were this not a dry run.
  record Planned(long size) implements Outcome {}

  /// Another file is there, and stays.
  record Skipped() implements Outcome {}
}
