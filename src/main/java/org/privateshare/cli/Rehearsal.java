package org.privateshare.cli;

import java.util.List;

/// What `./privateshare` runs once after it has built, against a server of its own: every kind of
/// transfer in one process, so that the virtual machine can keep the classes they need, loaded and
/// linked, for the start of all later commands. Ends as the first command that fails does.
public final class Rehearsal {
  private Rehearsal() {}

  /// Takes where the server is, a file to put, and where to bring it back to.
  public static void main(String[] arguments) {
    String share = arguments[0];
    String file = arguments[1];
    String name = file.substring(file.lastIndexOf('/') + 1);
    List<List<String>> lines =
        List.of(
            List.of("put", file, share),
            List.of("list", share),
            List.of("get", name, share, "-o", arguments[2]));
    Shell shell = Shell.ofProcess();
    for (List<String> line : lines) {
      int exit = Privateshare.run(shell, line.toArray(String[]::new));
      if (exit != ExitCode.DONE.number()) {
        System.exit(exit);
      }
    }
    shell.out().flush();
  }
}
