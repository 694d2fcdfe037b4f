package org.privateshare.model;

import java.time.Instant;

/// One row of a listing: a file or a folder, by its name alone. Nothing else exists in a share.
public sealed interface Entry {
  /// The last segment of the entry's path.
  String name();

  /// When the content last changed, as the store knows it.
  Instant modified();

  /// A regular file.
  ///
  /// @param name the last segment of its path
  /// @param size its length in bytes
  /// @param modified when its content last changed
  record File(String name, long size, Instant modified) implements Entry {}

  /// A folder.
  ///
  /// @param name the last segment of its path; empty for the share itself
  /// @param modified when an entry was last added or removed
  record Folder(String name, Instant modified) implements Entry {}
}
