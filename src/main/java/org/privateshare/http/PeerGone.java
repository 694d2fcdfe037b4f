package org.privateshare.http;

import java.io.IOException;

/// The caller doesn't take the answer, or is too slow.
final class PeerGone extends IOException {
  private static final long serialVersionUID = 1L;

  PeerGone(Throwable cause) {
    super("the caller did not take the answer", cause);
  }
}
