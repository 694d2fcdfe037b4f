package org.privateshare.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.privateshare.model.Refusal;

/// One accepted connection, as a protocol sees it: blocking calls, for one thread.
///
/// Every wait for the peer, reading or writing, is bounded by the listener's [Deadlines]: a peer
/// that makes too little progress ends in an `IOException`. So does a peer that resets; only its
/// clean end of stream is an end. [#reset()] alone may be called from any thread.
public interface Wire {
  /// Who is at the other end.
  InetSocketAddress peer();

  /// Waits until [#read] would return at once (bytes or the end of the stream), `atMost` so long;
  /// returns whether it would.
  boolean awaitInput(Duration atMost) throws IOException;

  /// Reads at least one byte and returns how many, or -1 at the end of the stream.
  int read(ByteBuffer into) throws IOException;

  /// Hands everything up to the end of the stream to `sink`, in pieces. A connection that waits
  /// here holds no buffer.
  ///
  /// @throws Refusal and `IOException` also where the sink does
  void receive(Sink sink) throws Refusal, IOException;

  /// Writes all remaining bytes.
  void write(ByteBuffer bytes) throws IOException;

  /// Writes `count` bytes of `source` from `position` on, without copying them where the system
  /// can.
  ///
  /// @throws IOException also where the source ends before; some bytes have been sent then
  void send(Source source, long position, long count) throws IOException;

  /// Ends our side of the stream; reading goes on. Idempotent.
  void shutdownOutput();

  /// Breaks the connection so that the peer sees a failure, never an end of stream. Idempotent.
  void reset();
}
