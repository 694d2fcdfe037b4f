package org.privateshare.http;

import java.io.IOException;

/// The body of a request ended before its end: the caller is gone, too slow, or sent what is no
/// HTTP.
final class BodyCut extends IOException {
  private static final long serialVersionUID = 1L;

  BodyCut(Throwable cause) {
    super("the body was cut off", cause);
  }
}
