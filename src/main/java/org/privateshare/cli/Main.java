package org.privateshare.cli;

/// Where the program begins.
public final class Main {
  private Main() {}

  /// Runs one command line and ends the process with its exit code.
  public static void main(String[] arguments) {
    Shell shell = Shell.ofProcess();
    int exit = Privateshare.run(shell, arguments);
    shell.out().flush();
    System.exit(exit);
  }
}
