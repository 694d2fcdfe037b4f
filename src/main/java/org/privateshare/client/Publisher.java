package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Gives a finished file its name without ever taking the name from another.
///
/// The way is an exclusive hard link: one system call that fails where anything is there. File
/// systems without hard links (FAT, exFAT, some network shares) get the second-best way: an empty
/// file is created under the name, which is exclusive as well, and then replaced by the finished
/// one in a single rename. In between the name shows an empty file for a moment, and a process
/// killed right there leaves it behind; a file that somebody else brought there is still never
/// lost, save one written into our own empty file in the very moment before the rename.
///
/// @param linker makes the hard link; the seam for a file system without them
record Publisher(Linker linker) {
  /// As `Files.createLink`.
  @FunctionalInterface
  interface Linker {
    void link(Path name, Path existing) throws IOException;
  }

  /// Makes `target` the name of the finished file `staged`, whose own name may stay or go.
  ///
  /// @throws FileAlreadyExistsException where the name is taken; nothing has changed then
  void publish(Path staged, Path target) throws IOException {
    try {
      linker.link(target, staged);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException noLinksHere) {
      replaceOwnEmptyFile(staged, target);
    }
  }

  private static void replaceOwnEmptyFile(Path staged, Path target) throws IOException {
    Files.createFile(target);
    try {
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(target);
      throw e;
    }
  }
}
