package org.privateshare.client.http;

import java.io.IOException;
import org.privateshare.model.Fingerprint;

/// Learns who a server is before it is trusted, for a person to compare and then to pin.
public final class FirstContact {
  private FirstContact() {}

  /// The identity of the server at `origin`, which it has proved to hold by a whole handshake.
  /// Nothing but the handshake is sent, and the connection serves for nothing else.
  public static Fingerprint of(Origin origin, Deadlines limits) throws IOException {
    return of(origin, limits, TlsProvider.best());
  }

  static Fingerprint of(Origin origin, Deadlines limits, TlsProvider provider) throws IOException {
    var tls = Tls.introduction(provider);
    var engine = tls.engine(origin.host(), origin.port());
    var channel = TimedChannel.connect(origin.host(), origin.port(), limits.connect());
    try (var pipe = TlsPipe.open(channel, engine, provider.prefersDirect(), limits)) {
      return Fingerprint.of(pipe.certificate().getPublicKey());
    }
  }
}
