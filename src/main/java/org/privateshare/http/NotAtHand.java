package org.privateshare.http;

import java.io.IOException;

/// The answer would have to wait for something, and this thread must not: another has to begin
/// anew.
final class NotAtHand extends IOException {
  private static final long serialVersionUID = 1L;

  NotAtHand() {
    super("not at hand");
  }

  /// Nobody reads it, and it is thrown for most requests.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
