package org.privateshare.client.http;

import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Fingerprint;

/// The server at the other end is not the one that was asked for. Nothing has been sent to it.
public final class UntrustedServer extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Optional<Fingerprint> expected;
  private final transient Fingerprint seen;

  UntrustedServer(Optional<Fingerprint> expected, Fingerprint seen, Throwable cause) {
    super(
        expected
            .map(pin -> "the server is another one: expected " + pin + ", saw " + seen)
            .orElseGet(() -> "no authority vouches for the server " + seen),
        cause);
    this.expected = expected;
    this.seen = seen;
  }

  /// The identity that was pinned; empty where an authority should have vouched for the server.
  public Optional<Fingerprint> expected() {
    return expected;
  }

  /// The identity that the server showed.
  public Fingerprint seen() {
    return seen;
  }
}
