package org.privateshare.client;

import java.io.IOException;
import java.util.Optional;

/// What this user's machine knows about servers. Asked at most once a run, and only where needed.
public interface Known {
  /// The servers that the user has logged in to.
  ///
  /// @throws IOException where that can't be read: then nothing is tried with less
  Aliases aliases() throws IOException;

  /// How to enter the servers that this user runs on this machine; empty where none ever ran.
  ///
  /// @throws IOException where that can't be read: then nothing is tried with less
  Optional<Credential> here() throws IOException;
}
