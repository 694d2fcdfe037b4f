package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// The border between this machine's files and the network: behind it, a `FileSystemException` is
/// always ours and any other `IOException` always the network's.
final class LocalFailure {
  private LocalFailure() {}

  /// The same failure as one of this machine's files.
  static FileSystemException of(Path file, IOException failure) {
    if (failure instanceof FileSystemException already) {
      return already;
    }
    var local = new FileSystemException(file.toString(), null, failure.getMessage());
    local.initCause(failure);
    return local;
  }
}
