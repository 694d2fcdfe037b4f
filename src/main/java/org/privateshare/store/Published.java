package org.privateshare.store;

import java.util.Optional;

/// What became of a file that was published.
///
/// @param is the file, where somebody may ask for its version
/// @param replaced whether it took the place of an old one
record Published(Optional<Stat> is, boolean replaced) {
  /// Its version.
  String version() {
    return FolderFile.version(is.orElseThrow(() -> new IllegalStateException("staged unseen")));
  }
}
