package org.privateshare.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `serve` that are about its log.
final class LogOptions {
  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How a line of the log looks: for people, or one JSON object.")
  private String format = "text";

  @Option(
      names = "--log-file",
      paramLabel = "FILE",
      description =
          "Log there instead of to standard error: a new file every 16 MiB or day, ten are kept.")
  private @Nullable String file;

  /// What these options ask for.
  ///
  /// @param quiet whether only warnings and errors are logged
  /// @param folder the share, in which no log may lie
  LogPlan plan(Shell shell, boolean quiet, Path folder) throws Mistake {
    return new LogPlan(
        format(), file == null ? Optional.empty() : place(shell, file, folder), quiet);
  }

  private LogFormat format() throws Mistake {
    return switch (format) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default -> throw new Mistake(Paths.shown(format) + " is neither text nor json");
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
