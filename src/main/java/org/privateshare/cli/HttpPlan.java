package org.privateshare.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.privateshare.http.HttpOptions;

/// What was asked of `serve` about HTTP.
///
/// @param plain who may speak it in clear
/// @param options what the door itself has to know
/// @param own files of the user's own that say who the server is; empty for the identity that it
///   makes and keeps
record HttpPlan(PlainReach plain, HttpOptions options, Optional<OwnIdentity> own) {
  /// For this machine in clear, for everybody in TLS, under this machine's names.
  static final HttpPlan DEFAULT =
      new HttpPlan(PlainReach.LOOPBACK, HttpOptions.DEFAULT, Optional.empty());

  /// @param chain certificates, the server's first
  /// @param key the private key to it
  record OwnIdentity(Path chain, Path key) {}
}
