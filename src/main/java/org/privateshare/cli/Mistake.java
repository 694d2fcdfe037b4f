package org.privateshare.cli;

/// A command line that can't be carried out: it makes no sense, or not on this machine. The message
/// says in one line what is wrong and what would be right.
final class Mistake extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;

  /// A command line that makes no sense.
  Mistake(String message) {
    this(ExitCode.USAGE, message);
  }

  /// A command line that makes none here.
  Mistake(ExitCode exit, String message) {
    super(message, null, false, false);
    this.exit = exit;
  }

  /// What the process ends with.
  ExitCode exit() {
    return exit;
  }

  /// What is wrong.
  String reason() {
    return String.valueOf(getMessage());
  }
}
