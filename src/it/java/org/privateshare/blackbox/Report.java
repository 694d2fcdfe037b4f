package org.privateshare.blackbox;

import java.util.Locale;

/// What a suite did, one line each, beside what the test framework says of it.
final class Report {
  private Report() {}

  /// Prints one line, formatted in the same way everywhere.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library that isn't here
  static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
