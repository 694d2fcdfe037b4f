package org.privateshare.client.http;

import java.io.IOException;

/// Reads an answer that comes while its request is still being sent.
@FunctionalInterface
public interface Meanwhile {
  /// Reads from the answer once; there is something, so that takes no time. What comes after the
  /// request's end is left to whoever gets the [Response].
  ///
  /// @return whether to go on sending; false at the answer's end
  boolean read(Response answer) throws IOException;
}
