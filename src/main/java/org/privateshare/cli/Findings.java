package org.privateshare.cli;

import java.util.Locale;
import org.privateshare.client.Finding;
import org.privateshare.model.Printable;

/// Tells findings one by one: a line each on standard output, or as JSON.
final class Findings {
  private final Shell shell;
  private final Manner manner;
  private ExitCode exit = ExitCode.DONE;

  Findings(Shell shell, Manner manner) {
    this.shell = shell;
    this.manner = manner;
  }

  /// One finding; one that fails makes the whole fail.
  void tell(Finding finding) {
    if (finding.level() == Finding.Level.FAIL && exit == ExitCode.DONE) {
      exit = ExitCode.FAILED;
    }
    if (manner.json()) {
      new JsonLines(shell.out()).event("finding", Members.of(finding));
    } else if (!manner.quiet() || finding.level() != Finding.Level.OK) {
      shell.out().append(line(finding)).append('\n').flush();
    }
  }

  private static String line(Finding finding) {
    String level = finding.level().name().toLowerCase(Locale.ROOT);
    String advice = finding.advice().isEmpty() ? "" : "; " + finding.advice();
    return String.format(
        Locale.ROOT,
        "%-4s  %-10s  %s%s",
        level,
        finding.topic(),
        Printable.escape(finding.text()).replace("\\\\", "\\"),
        advice);
  }

  /// What ended the checks before their end.
  ///
  /// @param cause a [Refusal] or an [IOException]
  void failed(Exception cause, FarEnd far) {
    exit = ExitCode.of(cause);
    tell(Finding.fail("connection", Explain.failure("", cause, far), ""));
  }

  /// Says how all went.
  ExitCode end() {
    if (manner.json()) {
      new JsonLines(shell.out()).end(exit);
    }
    return exit;
  }
}
