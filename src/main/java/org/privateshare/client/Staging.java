package org.privateshare.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// The file that a transfer writes to before it has a name to be proud of. One that is [#kept] is
/// there until [#remove()], for the next run to find; any other goes with [#close()] or with the
/// end of the process, whichever comes first.
///
/// Two threads meet here, the transfer's and the one that the virtual machine starts on Ctrl-C; the
/// lock sees to it that nothing is made after the latter has cleared up.
final class Staging {
  private final Path path;
  private final boolean kept;
  private final FileChannel channel;
  private final Thread exitHook;
  private boolean gone;

  private Staging(Path path, boolean kept, FileChannel channel) {
    this.path = path;
    this.kept = kept;
    this.channel = channel;
    this.exitHook = new Thread(this::atExit, "remove-staging-file");
  }

  /// Makes a file, new and nobody else's, that goes with the process.
  static Staging passing(Path path) throws IOException {
    var staging = new Staging(path, false, create(path));
    try {
      Runtime.getRuntime().addShutdownHook(staging.exitHook);
    } catch (IllegalStateException ending) {
      staging.remove();
      throw new FileSystemException(path.toString(), null, "interrupted");
    }
    return staging;
  }

  /// Makes a file that is kept, in the place of what a run before may have left there: the name is
  /// one that nobody else would give.
  static Staging kept(Path path) throws IOException {
    boolean _ = Files.deleteIfExists(path);
    return new Staging(path, true, create(path));
  }

  /// Opens the file that an earlier run has kept, if it is still the same one and long enough.
  ///
  /// @param identity what [#identity()] said of it
  /// @param length how many bytes it must have; the rest is cut off
  static Optional<Staging> again(Path path, String identity, long length) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    var staging = new Staging(path, true, channel);
    if (!staging.identity().equals(identity) || channel.size() < length) {
      channel.close();
      return Optional.empty();
    }
    FileChannel _ = channel.truncate(length).position(length);
    return Optional.of(staging);
  }

  private static FileChannel create(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  Path path() {
    return path;
  }

  FileChannel channel() {
    return channel;
  }

  /// What the file system calls the file, whatever its name.
  String identity() throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return String.valueOf(attributes.fileKey());
  }

  /// Removes the file's name if it is there. May be called again.
  void remove() throws IOException {
    try {
      discard();
    } finally {
      forgetExit();
    }
  }

  /// Ends the writing; a file that isn't kept is gone then. May be called again.
  void close() throws IOException {
    try (channel) {
      if (!kept) {
        remove();
      }
    }
  }

  private void forgetExit() {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException ending) {
      // The process is ending; the hook has run or finds nothing to do.
    }
  }

  private synchronized void discard() throws IOException {
    if (!gone) {
      gone = true;
      boolean _ = Files.deleteIfExists(path);
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
