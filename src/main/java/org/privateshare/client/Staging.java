package org.privateshare.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The file that a transfer writes to before it has a name to be proud of. Removed by [#remove()]
/// or by the end of the process, whichever comes first.
///
/// Two threads meet here, the transfer's and the one that the virtual machine starts on Ctrl-C; the
/// lock sees to it that nothing is made after the latter has cleared up.
final class Staging {
  private final Path path;
  private final Thread exitHook = new Thread(this::atExit, "remove-staging-file");
  private boolean gone;

  Staging(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /// Makes the file, new and nobody else's. Once.
  synchronized FileChannel create() throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(exitHook);
    } catch (IllegalStateException ending) {
      gone = true;
    }
    if (gone) {
      throw new FileSystemException(path.toString(), null, "interrupted");
    }
    try {
      return FileChannel.open(
          path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      gone = true;
      forgetExit();
      throw e;
    }
  }

  /// Removes the file if it is there. May be called again.
  void remove() throws IOException {
    try {
      discard();
    } finally {
      forgetExit();
    }
  }

  private void forgetExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException ending) {
      // The process is ending; the hook has run or finds nothing to do.
    }
  }

  private synchronized void discard() throws IOException {
    if (!gone) {
      gone = true;
      Files.deleteIfExists(path);
    }
  }

  private void atExit() {
    try {
      discard();
    } catch (IOException e) {
      // Nobody is left to be told; the name says that it is a part.
    }
  }
}
