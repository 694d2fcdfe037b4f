package org.privateshare.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// The terminal behind standard error, if there is one.
final class Terminal {
  private Terminal() {}

  /// How many columns it has; empty where standard error is no terminal.
  ///
  /// Java has no words for this, so POSIX is asked; that takes a few milliseconds, so only a
  /// transfer that has run for a while should ask.
  static OptionalInt width() {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", "test -t 2 && stty size <&2")
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        String answer =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return process.waitFor(1, TimeUnit.SECONDS) ? columns(answer) : OptionalInt.empty();
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /// Reads the `ROWS COLUMNS` of `stty size`. A terminal that doesn't know its size says `0 0`.
  static OptionalInt columns(String answer) {
    String[] words = answer.strip().split(" ", -1);
    if (words.length != 2 || !words[1].matches("[0-9]{1,4}")) {
      return OptionalInt.empty();
    }
    int columns = Integer.parseInt(words[1]);
    return OptionalInt.of(columns == 0 ? 80 : columns);
  }
}
