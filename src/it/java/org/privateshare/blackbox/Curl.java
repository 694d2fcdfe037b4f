package org.privateshare.blackbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// curl as the banner tells people to use it.
final class Curl {
  private Curl() {}

  /// A command of curl with the pinned identity of the server and the owner's key.
  static List<String> command(ServerProcess server, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-k"));
    command.addAll(List.of("--pinnedpubkey", server.fingerprint(), "-u", ":" + server.ownerKey()));
    command.addAll(List.of(words));
    return command;
  }
}
