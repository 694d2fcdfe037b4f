package org.privateshare.cli;

import java.nio.file.Path;
import java.util.Optional;

/// The options of `serve` that are about its log.
final class LogOptions {
  private final Given<String> format;

  private final Given<String> file;

  LogOptions(Syntax syntax) {
    this.format =
        syntax.text(
            "text|json",
            "How a line of the log looks: for people, or one JSON object.",
            "--log-format");
    this.file =
        syntax.text(
            "FILE",
            "Log there instead of to standard error: a new file every 16 MiB or day, ten are kept.",
            "--log-file");
  }

  /// What these options ask for.
  ///
  /// @param quiet whether only warnings and errors are logged
  /// @param folder the share, in which no log may lie
  LogPlan plan(Shell shell, boolean quiet, Path folder) throws Mistake {
    return new LogPlan(
        format(),
        file.isThere() ? place(shell, file.value().orElseThrow(), folder) : Optional.empty(),
        quiet);
  }

  private LogFormat format() throws Mistake {
    return switch (format.or("text")) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default -> throw new Mistake(Paths.shown(format.or("")) + " is neither text nor json");
    };
  }

  private static Optional<Path> place(Shell shell, String file, Path folder) throws Mistake {
    Path path = Paths.inside(shell, file).toAbsolutePath().normalize();
    if (Paths.isShared(path, folder)) {
      throw new Mistake(
          "the log would lie in the share itself, for all to read: " + Paths.shown(file));
    }
    // The library that starts new files would take it for the beginning of a date.
    if (path.toString().contains("%")) {
      throw new Mistake("the path of a log can't have a % in it: " + Paths.shown(file));
    }
    return Optional.of(path);
  }
}
