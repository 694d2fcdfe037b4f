package org.privateshare.cli;

import java.net.InetAddress;
import java.util.List;

/// Who can reach the addresses that are listened on.
///
/// @param thisMachine whether programs on this machine can, by a loopback address
/// @param others whether other machines can
record BoundSide(boolean thisMachine, boolean others) {
  /// Whom an option lets in.
  enum Callers {
    NOBODY,
    THIS_MACHINE,
    OTHERS
  }

  /// @param addresses the values of `--bind`; none for all addresses
  static BoundSide of(List<InetAddress> addresses) {
    boolean all =
        addresses.isEmpty() || addresses.stream().anyMatch(InetAddress::isAnyLocalAddress);
    return new BoundSide(
        all || addresses.stream().anyMatch(InetAddress::isLoopbackAddress),
        all || addresses.stream().anyMatch(address -> !address.isLoopbackAddress()));
  }

  /// Refuses an option that lets in only those who can't come.
  void check(String option, Callers callers) throws Mistake {
    if (callers == Callers.THIS_MACHINE && !thisMachine) {
      throw new Mistake(option + " lets this machine in, but no --bind is a loopback address");
    }
    if (callers == Callers.OTHERS && !others) {
      throw new Mistake(option + " lets other machines in, but every --bind is a loopback address");
    }
  }
}
