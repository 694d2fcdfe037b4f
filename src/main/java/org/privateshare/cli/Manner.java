package org.privateshare.cli;

import java.util.function.Consumer;
import org.privateshare.client.Progress;

/// How a command talks: the options that every command knows.
final class Manner {
  private final Flag quiet;
  private final Flag json;

  Manner(Syntax syntax) {
    this.quiet = syntax.flag("Say nothing but what goes wrong.", "-q", "--quiet");
    this.json = syntax.flag("Write one JSON object per event to standard output.", "--json");
  }

  /// Whether only failures are told.
  boolean quiet() {
    return quiet.isOn();
  }

  /// Whether events go to standard output as JSON.
  boolean json() {
    return json.isOn();
  }

  /// Called before anything is done.
  void check() throws Mistake {
    if (quiet() && json()) {
      throw new Mistake("--quiet and --json exclude each other");
    }
  }

  /// Who tells the user about a run of transfers: the decorators, stacked.
  Consumer<Progress> teller(Shell shell, Request request, FarEnd far, boolean dryRun) {
    if (json()) {
      return new JsonEvents(new JsonLines(shell.out()), far);
    }
    Consumer<Progress> lines = new Lines(shell, request, far, quiet(), dryRun);
    return quiet() ? lines : new Bars(shell, lines);
  }
}
