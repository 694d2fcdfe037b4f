package org.privateshare.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/// One protocol that the [Listener]'s port can be spoken to in.
public interface Protocol {
  /// A short lower-case name, unique in a listener, for logs and threads.
  String name();

  /// Whether a connection that begins with these bytes speaks this protocol. Pure and quick: it
  /// runs on the selector's thread. At least one byte is there; the buffer's position and limit are
  /// left alone.
  Match detect(ByteBuffer firstBytes);

  /// Serves one connection from its very first byte to its end, blocking, on a virtual thread of
  /// its own. When it returns the connection is closed; when it throws the connection is reset, so
  /// that the peer never takes a failure for the end.
  void serve(Wire wire) throws IOException;
}
