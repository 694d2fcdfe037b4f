package org.privateshare.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/// Asks at the terminal of this process. Java knows one where standard input and standard output
/// are both connected to it. The questions go to standard error.
record TerminalPrompt(PrintStream err) implements Prompt {
  @Override
  public Optional<String> secret(String question) {
    return console(question).map(Console::readPassword).map(String::new);
  }

  @Override
  public Optional<String> line(String question) {
    return console(question).map(Console::readLine).map(String::strip);
  }

  @Override
  public Optional<Boolean> consent(String question) {
    return line(question).map("yes"::equals);
  }

  private Optional<Console> console(String question) {
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (console.isPresent()) {
      err.print(question + " ");
      err.flush();
    }
    return console;
  }
}
