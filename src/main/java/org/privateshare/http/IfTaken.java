package org.privateshare.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What shall become of a file of a form whose name is taken.
enum IfTaken {
  /// It is left out.
  REFUSE,
  /// It gets another name.
  RENAME,
  /// What is there goes into the history.
  REPLACE;

  /// The one that a form calls so.
  static Optional<IfTaken> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
