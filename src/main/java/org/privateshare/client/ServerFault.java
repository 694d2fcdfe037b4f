package org.privateshare.client;

import java.io.IOException;

/// The server has answered, and the answer is wrong: not what its protocol says, or a fault of its
/// own. Trying again at once would bring the same.
public final class ServerFault extends IOException {
  private static final long serialVersionUID = 1L;

  ServerFault(String message) {
    super(message);
  }

  ServerFault(String message, Throwable cause) {
    super(message, cause);
  }
}
