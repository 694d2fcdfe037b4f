package org.privateshare.client.http;

import java.io.IOException;

/// Something is at the other end, but it speaks no TLS. No request has been sent to it.
public final class NotTls extends IOException {
  private static final long serialVersionUID = 1;

  /// The first byte of a TLS record that can answer a greeting: an alert or a part of the handshake
  /// (RFC 8446 section 5.1).
  private static final int ALERT = 21;

  private static final int HANDSHAKE = 22;

  NotTls() {
    super("the server speaks no TLS");
  }

  NotTls(Throwable cause) {
    super("the server speaks no TLS", cause);
  }

  /// Fails unless `first`, the first byte of an answer, begins a record of TLS.
  static void require(byte first) throws NotTls {
    if (first != ALERT && first != HANDSHAKE) {
      throw new NotTls();
    }
  }
}
