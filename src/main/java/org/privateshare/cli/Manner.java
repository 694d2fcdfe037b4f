package org.privateshare.cli;

import java.util.function.Consumer;
import org.privateshare.client.Progress;
import picocli.CommandLine.Option;

/// How a command talks: the options that every command knows.
final class Manner {
  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but what goes wrong.")
  private boolean quiet;

  @Option(names = "--json", description = "Write one JSON object per event to standard output.")
  private boolean json;

  /// Whether only failures are told.
  boolean quiet() {
    return quiet;
  }

  /// Whether events go to standard output as JSON.
  boolean json() {
    return json;
  }

  /// Called before anything is done.
  void check() throws Mistake {
    if (quiet && json) {
      throw new Mistake("--quiet and --json exclude each other");
    }
  }

  /// Who tells the user about a run of transfers: the decorators, stacked.
  Consumer<Progress> teller(Shell shell, Request request, FarEnd far, boolean dryRun) {
    if (json) {
      return new JsonEvents(new JsonLines(shell.out()), far);
    }
    Consumer<Progress> lines = new Lines(shell, request, far, quiet, dryRun);
    return quiet ? lines : new Bars(shell, lines);
  }
}
