package org.privateshare.model;

import java.util.Locale;
import java.util.Optional;

/// One thing that a key may allow.
public enum Right {
  /// See what is in a folder.
  LIST,
  /// Read a file.
  GET,
  /// Make a file or a folder where none is.
  PUT,
  /// Put a file in the place of another, which goes into history.
  REPLACE,
  /// Take a file away, into history; the old name of a move.
  DELETE,
  /// Make narrower keys, see and revoke them; see the metrics.
  ADMIN;

  /// The word for it: the constant's name in lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The right of that exact word.
  static Optional<Right> of(String word) {
    for (Right right : values()) {
      if (right.toString().equals(word)) {
        return Optional.of(right);
      }
    }
    return Optional.empty();
  }
}
