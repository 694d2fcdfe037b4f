package org.privateshare.cli;

import java.io.IOException;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;

/// A run of small changes, one after the other, each told when it is done or has failed: what
/// commands that transfer nothing have in common.
final class Errands {
  private final Shell shell;
  private final Manner manner;
  private final Tally tally = new Tally();

  Errands(Shell shell, Manner manner) {
    this.shell = shell;
    this.manner = manner;
  }

  /// The change itself.
  @FunctionalInterface
  interface Step {
    void run() throws Refusal, IOException;
  }

  /// How a success is told.
  ///
  /// @param line to a person
  /// @param event to a program, with its members
  record Success(String line, String event, JsonLines.Members members) {}

  /// Does one thing.
  ///
  /// @param doing the word before the name behind "cannot"
  /// @param name what it is done to; may be empty
  void run(String doing, String name, FarEnd far, Success success, Step step) {
    try {
      step.run();
      tally.succeeded();
      tell(success);
    } catch (Refusal | IOException e) {
      tally.failedBy(e);
      complain(doing, name, far, e);
    }
  }

  private void tell(Success success) {
    if (manner.json()) {
      json().event(success.event, success.members);
    } else if (!manner.quiet()) {
      shell.say(success.line);
    }
  }

  private void complain(String doing, String name, FarEnd far, Exception cause) {
    if (manner.json()) {
      json().failed(name, cause, far);
    } else {
      String what = name.isEmpty() ? doing : doing + " " + Printable.escape(name);
      shell.complain("cannot " + what + ": " + Explain.failure(name, cause, far));
    }
  }

  /// Says how all went.
  ExitCode end() {
    if (manner.json()) {
      json().end(tally.exitCode());
    }
    return tally.exitCode();
  }

  /// Made when needed: the library behind it takes its time to load.
  private JsonLines json() {
    return new JsonLines(shell.out());
  }
}
