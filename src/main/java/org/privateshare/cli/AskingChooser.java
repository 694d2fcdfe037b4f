package org.privateshare.cli;

import java.util.Locale;
import java.util.Optional;
import org.privateshare.client.Chooser;
import org.privateshare.model.Printable;

/// Asks the person at the terminal what becomes of a file whose name is taken. Where nobody is
/// there, or no answer makes sense, it is refused.
record AskingChooser(Prompt prompt) implements Chooser {
  private static final int PATIENCE = 3;

  @Override
  public Choice choose(String name) {
    String question =
        Printable.escape(name) + " is another file there; replace it, keep both, or skip? (r/k/s)";
    for (int tries = 0; tries < PATIENCE; tries++) {
      Optional<String> answer = prompt.line(question);
      if (answer.isEmpty()) {
        return Choice.REFUSE;
      }
      switch (answer.get().toLowerCase(Locale.ROOT)) {
        case "r", "replace" -> {
          return Choice.REPLACE;
        }
        case "k", "keep", "keep both" -> {
          return Choice.RENAME;
        }
        case "s", "skip" -> {
          return Choice.SKIP;
        }
        default -> {
          // Asked again.
        }
      }
    }
    return Choice.REFUSE;
  }
}
