package org.privateshare.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// What the program was started in.
///
/// @param out where data goes: names, JSON. Buffered; whoever ends the program flushes it
/// @param err where talk goes: progress, success, errors, the server's log
/// @param folder the current folder
/// @param width asked at most once: how many columns the terminal behind `err` has, empty where it
///   is none
record Shell(PrintStream out, PrintStream err, Path folder, Supplier<OptionalInt> width) {
  /// The shell of this process. Both streams speak UTF-8, whatever the locale.
  static Shell ofProcess() {
    var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 14);
    var err = new FileOutputStream(FileDescriptor.err);
    return new Shell(
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Path.of(""),
        Terminal::width);
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
