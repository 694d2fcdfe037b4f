package org.privateshare.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.privateshare.model.Printable;

/// Paths of this machine as the user writes them.
final class Paths {
  private Paths() {}

  /// The path that `text` means in the current folder.
  static Path inside(Shell shell, String text) throws Mistake {
    try {
      if (!text.isEmpty()) {
        return shell.folder().resolve(text);
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw new Mistake(shown(text) + " is no path");
  }

  /// Whether the share over `folder` would show `path` to those who may read in it. What lies below
  /// a name that begins with a dot it never shows.
  static boolean isShared(Path path, Path folder) {
    Path real = real(path);
    Path root = real(folder);
    if (!real.startsWith(root)) {
      return false;
    }
    for (Path name : root.relativize(real)) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /// As far as it exists with symbolic links followed, and the rest as it is written.
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      Path parent = path.getParent();
      Path name = path.getFileName();
      return parent == null || name == null ? path : real(parent).resolve(name);
    }
  }

  /// The text in quotes, fit for a terminal.
  static String shown(String text) {
    return "'" + Printable.escape(text) + "'";
  }
}
