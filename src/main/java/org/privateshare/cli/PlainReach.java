package org.privateshare.cli;

import java.util.Arrays;
import org.privateshare.net.PlainHttp;

/// Who may speak HTTP in clear: the values of `--plain-http`.
enum PlainReach {
  OFF("off", "nobody"),
  LOOPBACK("loopback", "this machine only"),
  ANY("any", "anybody who can reach this machine");

  private final String word;
  private final String meaning;

  PlainReach(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  /// Reads the value of the option; one spelling each.
  static PlainReach parse(String text) throws Mistake {
    return Arrays.stream(values())
        .filter(reach -> reach.word.equals(text))
        .findFirst()
        .orElseThrow(() -> new Mistake(Paths.shown(text) + " is not one of off, loopback and any"));
  }

  /// What it means to the listener.
  PlainHttp callers() {
    return switch (this) {
      case OFF -> PlainHttp.OFF;
      case LOOPBACK -> PlainHttp.LOOPBACK;
      case ANY -> PlainHttp.ANY;
    };
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
      case ANY -> BoundSide.Callers.OTHERS;
    };
  }
}
