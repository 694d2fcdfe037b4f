package org.privateshare.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// Bytes to and from one server, in clear or through TLS. Calls block and all end by a deadline;
/// one thread at a time.
interface Pipe extends Closeable {
  /// Reads at least one byte into `into`, which has room for one. Returns how many, or -1 where the
  /// server has properly ended its stream.
  ///
  /// @throws IOException also where the stream was cut off
  int read(ByteBuffer into) throws IOException;

  /// Writes until nothing is left, or until the server has something to say meanwhile.
  ///
  /// @return whether nothing is left; false asks the caller to read and, if there is reason to, to
  ///   call again with the rest
  boolean write(ByteBuffer from) throws IOException;

  /// Whether the server has something to say, be it the end of its stream, now or within
  /// `patience`.
  boolean speaks(Duration patience) throws IOException;

  /// How long a round trip takes; zero where nobody knows.
  default Duration roundTrip() {
    return Duration.ZERO;
  }

  /// How it is encrypted; empty where it isn't.
  default Optional<Security> security() {
    return Optional.empty();
  }
}
