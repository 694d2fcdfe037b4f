package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Refusal;

/// Writes rows to standard output as they come, for a person or as JSON: what the commands that
/// show something have in common.
final class Rows {
  /// How long a row waits for others before it is shown.
  private static final Duration MOST_UNSEEN = Duration.ofMillis(50);

  private final Shell shell;
  private final Manner manner;
  private @Nullable JsonLines json;
  private long flushed = System.nanoTime() - MOST_UNSEEN.toNanos();

  Rows(Shell shell, Manner manner) {
    this.shell = shell;
    this.manner = manner;
  }

  /// Where rows come from.
  @FunctionalInterface
  interface Origin {
    void writeTo(Rows rows) throws Refusal, IOException;
  }

  /// Writes all rows and tells how it went.
  ///
  /// @param doing what stands behind "cannot"
  /// @param far the share they come from
  ExitCode run(String doing, FarEnd far, Origin origin) {
    ExitCode exit = ExitCode.DONE;
    try {
      origin.writeTo(this);
    } catch (ReaderGone e) {
      return ExitCode.FAILED;
    } catch (Refusal | IOException e) {
      exit = ExitCode.of(e);
      shell.out().flush();
      if (manner.json()) {
        json().failed("", e, far);
      } else {
        shell.complain("cannot " + doing + ": " + Explain.failure("", e, far));
      }
    }
    if (manner.json()) {
      json().end(exit);
    }
    shell.out().flush();
    return exit;
  }

  /// One row.
  ///
  /// @param line for a person, fit for a terminal
  /// @param event for a program, with its members
  void row(Supplier<String> line, String event, JsonLines.Members members) {
    if (manner.json()) {
      json().row(event, members);
    } else {
      byte[] bytes = (line.get() + '\n').getBytes(UTF_8);
      shell.out().write(bytes, 0, bytes.length);
    }
    show();
  }

  /// The first row is shown at once, the rest from time to time. That is also when to see whether
  /// anybody still reads: `list | head` shall end.
  private void show() {
    long now = System.nanoTime();
    if (now - flushed >= MOST_UNSEEN.toNanos()) {
      flushed = now;
      if (shell.out().checkError()) {
        throw new ReaderGone();
      }
    }
  }

  /// Says how many rows were left out because no file may be called so.
  void leftOut(long count) {
    if (manner.json()) {
      json().leftOut(count);
    } else if (count > 0) {
      shell.out().flush();
      shell.complain("left out " + count + " names that no file may have");
    }
  }

  /// Made when needed: the library behind it takes its time to load.
  private JsonLines json() {
    JsonLines known = json;
    if (known == null) {
      known = new JsonLines(shell.out());
      json = known;
    }
    return known;
  }

  /// Nobody reads standard output any more; not worth a word, as with every program in a pipe.
  private static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
