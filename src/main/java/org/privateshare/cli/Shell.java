package org.privateshare.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.privateshare.access.StateFolder;

/// What the program was started in.
///
/// @param in what comes on standard input
/// @param out where data goes: names, JSON. Buffered; whoever ends the program flushes it
/// @param err where talk goes: progress, success, errors, the server's log
/// @param prompt asks the person at the terminal
/// @param folder the current folder
/// @param environment the variables of the environment
/// @param width asked at most once: how many columns the terminal behind `err` has, empty where it
///   is none
record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Prompt prompt,
    Path folder,
    Map<String, String> environment,
    Supplier<OptionalInt> width) {
  /// The shell of this process. Both streams speak UTF-8, whatever the locale.
  static Shell ofProcess() {
    var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 14);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    return new Shell(
        new FileInputStream(FileDescriptor.in),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        err,
        new TerminalPrompt(err),
        Path.of(""),
        System.getenv(),
        Terminal::width);
  }

  /// Where this user's servers keep their keys and their identity.
  StateFolder state() {
    return StateFolder.of(environment, home());
  }

  /// The user's own folder: what the environment says, as every other program has it, or else what
  /// the system knows.
  Path home() {
    Path named = Path.of(environment.getOrDefault("HOME", ""));
    return named.isAbsolute() ? named : Path.of(System.getProperty("user.home"));
  }

  /// Says one line to the user.
  void say(String line) {
    err.println(line);
  }

  /// Says what went wrong, as one line under the program's name.
  void complain(String what) {
    say("privateshare: " + what);
  }
}
