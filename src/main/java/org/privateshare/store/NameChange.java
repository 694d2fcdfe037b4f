package org.privateshare.store;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The changes of names that the JDK has no call for, on paths that [Held] gives. Links at the end
/// of a path are never followed.
final class NameChange {
  private NameChange() {}

  /// Renames a file or folder to a name that is free, which one call decides. Where the file system
  /// or the system can't (`EINVAL`, `ENOSYS`, no foreign calls), a file gets its new name first and
  /// loses the old one then, and a folder is renamed as POSIX does, which could put it into the
  /// place of an empty folder made in that very moment.
  ///
  /// @throws FileAlreadyExistsException where the name `to` is taken
  static void moveToFree(Path from, Path to) throws IOException {
    int result;
    try {
      result = LibC.renameToFree(from.toString(), to.toString());
    } catch (LinkageError | IllegalStateException e) {
      result = -LibC.ENOSYS;
    }
    if (result == -LibC.EINVAL || result == -LibC.ENOSYS) {
      moveInSteps(from, to);
    } else if (result < 0) {
      throw failure(-result, to);
    }
  }

  /// Gives the open file `descriptor`, which has no name, the name `to`.
  ///
  /// @throws FileAlreadyExistsException where that is taken
  static void linkUnnamed(int descriptor, Path to) throws IOException {
    int result = FileCalls.link(descriptor, to.toString());
    if (result < 0) {
      throw failure(-result, to);
    }
  }

  /// The way of [#moveToFree] without the one call.
  static void moveInSteps(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.createLink(to, from);
      Files.delete(from);
    } else if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(to.toString());
    } else {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Removes an empty folder.
  ///
  /// @throws DirectoryNotEmptyException where it is not empty
  /// @throws NotDirectoryException where it is none
  static void removeFolder(Path folder) throws IOException {
    int result;
    try {
      result = LibC.removeFolder(folder.toString());
    } catch (LinkageError | IllegalStateException e) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new NotDirectoryException(folder.toString());
      }
      Files.delete(folder);
      return;
    }
    if (result < 0) {
      throw failure(-result, folder);
    }
  }

  private static FileSystemException failure(int errno, Path path) {
    String name = path.toString();
    return switch (errno) {
      case LibC.ENOENT -> new NoSuchFileException(name);
      case LibC.EEXIST -> new FileAlreadyExistsException(name);
      case LibC.ENOTEMPTY -> new DirectoryNotEmptyException(name);
      case LibC.ENOTDIR -> new NotDirectoryException(name);
      default -> new FileSystemException(name, null, LibC.describe(errno));
    };
  }
}
