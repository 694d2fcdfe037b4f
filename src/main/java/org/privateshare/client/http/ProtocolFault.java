package org.privateshare.client.http;

import java.io.IOException;

/// The server has sent what HTTP/1.1 (RFC 9112) doesn't allow, or more than we put up with. Nothing
/// of it is repaired: whoever guesses can be made to guess wrong.
public final class ProtocolFault extends IOException {
  private static final long serialVersionUID = 1;

  ProtocolFault(String message) {
    super("the server breaks HTTP: " + message);
  }
}
