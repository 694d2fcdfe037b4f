package org.privateshare.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the machine's own programs, and says what a suite can't do without.
final class Shell {
  /// How a command ended.
  ///
  /// @param out both of its outputs, mixed as they came
  record Result(int exit, String out) {}

  private static final int LIMIT_SECONDS = 120;

  /// Keys and identities of this run, apart from those of whoever runs it.
  private static final Path STATE = stateFolder();

  private Shell() {}

  private static Path stateFolder() {
    try {
      return Files.createTempDirectory("privateshare-it-state");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where programs that this class starts keep what outlives them, unless said otherwise.
  static Path state() {
    return STATE;
  }

  /// Runs a command that must succeed; returns its output.
  static String run(String... command) {
    Result result = attempt(Path.of("."), command);
    if (result.exit() != 0) {
      throw new AssertionError(
          String.join(" ", command) + " ended with " + result.exit() + ":\n" + result.out());
    }
    return result.out();
  }

  /// Runs a command in a folder, whatever comes of it.
  static Result attempt(Path folder, String... command) {
    try {
      Path out = Files.createTempFile("privateshare-it", ".out");
      try {
        Process process = builder(folder, List.of(command)).redirectOutput(out.toFile()).start();
        return new Result(exitCode(process), Files.readString(out, StandardCharsets.UTF_8));
      } finally {
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A process builder with both outputs in one, a locale in which every name can be said, and a
  /// state folder of this run's own.
  static ProcessBuilder builder(Path folder, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("XDG_STATE_HOME", STATE.toString());
    return builder.redirectErrorStream(true);
  }

  /// Waits for a process to end.
  static int exitCode(Process process) {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + process.info().commandLine().orElse("?"));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// How many descriptors a process that this one starts may have open.
  static int descriptorLimit() {
    String limit = run("sh", "-c", "ulimit -Hn").strip();
    return limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit);
  }

  /// Fails the test with what to do where the suite can't run.
  static void needRoot(String what) {
    if (!run("id", "-u").strip().equals("0")) {
      throw new AssertionError("needs root to " + what + "; run this suite as root");
    }
  }

  /// Fails the test where one of these programs is missing.
  static void need(String... programs) {
    for (String program : programs) {
      if (attempt(Path.of("."), "sh", "-c", "command -v " + program).exit() != 0) {
        throw new AssertionError("needs the program " + program + "; install it");
      }
    }
  }
}
