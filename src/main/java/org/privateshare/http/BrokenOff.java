package org.privateshare.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An answer that ends before its end, and whose last words have said why.
final class BrokenOff extends IOException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /// @param fault what failed, where that is the server's own
  BrokenOff(Problem why, @Nullable IOException fault) {
    super(why.detail(), fault);
    this.code = why.code();
  }

  /// The stable name of the reason.
  String code() {
    return code;
  }
}
