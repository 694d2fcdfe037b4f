package org.privateshare.store;

/// What became of a file that was published.
///
/// @param is the file
/// @param replaced whether it took the place of an old one
record Published(Stat is, boolean replaced) {
  /// Its version. Of many files that are published together nobody asks for it.
  String version() {
    return FolderFile.version(is);
  }
}
