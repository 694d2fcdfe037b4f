package org.privateshare.cli;

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

  /// The text in quotes, fit for a terminal.
  static String shown(String text) {
    return "'" + Printable.escape(text) + "'";
  }
}
