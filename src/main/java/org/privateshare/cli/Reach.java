package org.privateshare.cli;

import java.util.Arrays;
import org.privateshare.classic.Callers;

/// Who may use the classic protocol: the values of `--classic`.
enum Reach {
  OFF(Callers.OFF, "off", "nobody"),
  LOOPBACK(Callers.LOOPBACK, "loopback", "this machine only"),
  LAN(Callers.LAN, "lan", "your private networks"),
  ANY(Callers.ANY, "any", "anybody who can reach this machine");

  private final Callers callers;
  private final String word;
  private final String meaning;

  Reach(Callers callers, String word, String meaning) {
    this.callers = callers;
    this.word = word;
    this.meaning = meaning;
  }

  /// What it means to the classic door.
  Callers callers() {
    return callers;
  }

  /// Reads the value of the option; one spelling each.
  static Reach parse(String text) throws Mistake {
    return Arrays.stream(values())
        .filter(reach -> reach.word.equals(text))
        .findFirst()
        .orElseThrow(
            () -> new Mistake(Paths.shown(text) + " is not one of off, loopback, lan and any"));
  }

  /// As on the command line.
  String word() {
    return word;
  }

  /// Who that is.
  String meaning() {
    return meaning;
  }

  /// Who has to be able to reach the server for that.
  BoundSide.Callers side() {
    return switch (this) {
      case OFF -> BoundSide.Callers.NOBODY;
      case LOOPBACK -> BoundSide.Callers.THIS_MACHINE;
      case LAN, ANY -> BoundSide.Callers.OTHERS;
    };
  }
}
