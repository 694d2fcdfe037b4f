package org.privateshare.cli;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.privateshare.classic.Callers;

/// Who may use the classic protocol: the values of `--classic`.
enum Reach {
  OFF(Callers.OFF, "off", "nobody"),
  LOOPBACK(Callers.LOOPBACK, "loopback", "this machine only"),
  LAN(Callers.LAN, "lan", "anybody in your private networks, without a password and in clear"),
  ANY(Callers.ANY, "any", "anybody who can reach this machine, without a password and in clear");

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

  /// Refuses to listen only where none of those who may come in can come from.
  ///
  /// @param addresses the addresses that shall be listened on; empty for all
  void check(List<InetAddress> addresses) throws Mistake {
    if (addresses.isEmpty() || addresses.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
      return;
    }
    boolean loopback = addresses.stream().anyMatch(InetAddress::isLoopbackAddress);
    boolean others = addresses.stream().anyMatch(address -> !address.isLoopbackAddress());
    if (this == LOOPBACK && !loopback) {
      throw new Mistake(
          "--classic loopback lets this machine in, but no --bind is a loopback address; add one,"
              + " or --classic lan");
    }
    if ((this == LAN || this == ANY) && !others) {
      throw new Mistake(
          "--classic " + word + " lets other machines in, but every --bind is a loopback address");
    }
  }

  /// Whether one who can reach this address of ours may come in.
  boolean covers(InetAddress own) {
    return switch (this) {
      case OFF -> false;
      case LOOPBACK -> own.isLoopbackAddress();
      case LAN, ANY -> true;
    };
  }
}
