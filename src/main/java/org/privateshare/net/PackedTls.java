package org.privateshare.net;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// Jetty's TLS connection, which encrypts into, and decrypts out of, one buffer as many records as
/// fit: Jetty's own takes one record of 16 KiB for each write and read of the socket.
///
/// Only records of application data are taken together, and only once the handshake is over;
/// whatever else comes ends the batch and is left to Jetty.
final class PackedTls extends SslConnection {
  /// The most that a record takes, encrypted or not, in any provider.
  private static final int ROOM = 17_000;

  /// RFC 8446 section 5.1: type, version and length.
  private static final int HEADER_BYTES = 5;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int LENGTH_AT = 3;
  private static final int APPLICATION_DATA = 23;

  PackedTls(
      ByteBufferPool pool,
      Executor executor,
      SslContextFactory context,
      EndPoint endPoint,
      SSLEngine engine,
      boolean direct) {
    super(pool, executor, context, endPoint, engine, direct, true);
  }

  @Override
  protected SSLEngineResult wrap(SSLEngine engine, ByteBuffer[] input, ByteBuffer output)
      throws SSLException {
    SSLEngineResult last = engine.wrap(input, output);
    int consumed = last.bytesConsumed();
    int produced = last.bytesProduced();
    while (flows(last) && output.remaining() >= ROOM && hasRemaining(input)) {
      last = engine.wrap(input, output);
      consumed += last.bytesConsumed();
      produced += last.bytesProduced();
    }
    return new SSLEngineResult(last.getStatus(), last.getHandshakeStatus(), consumed, produced);
  }

  private static boolean hasRemaining(ByteBuffer[] buffers) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected SSLEngineResult unwrap(SSLEngine engine, ByteBuffer input, ByteBuffer output)
      throws SSLException {
    SSLEngineResult last = engine.unwrap(input, output);
    if (!flows(last)) {
      return last;
    }
    int consumed = last.bytesConsumed();
    int produced = last.bytesProduced();
    while (flows(last) && output.remaining() >= ROOM && holdsRecord(input)) {
      last = engine.unwrap(input, output);
      consumed += last.bytesConsumed();
      produced += last.bytesProduced();
    }
    // Always what the first record was: the end, if it came, must not hide the bytes before it. The
    // engine says it again.
    return new SSLEngineResult(Status.OK, last.getHandshakeStatus(), consumed, produced);
  }

  /// Lets go of what the engine holds outside the heap, for Conscrypt two descriptors too: it does
  /// so by itself when its last word was taken, and without that when it is garbage, which can be
  /// never.
  @Override
  public void onClose(Throwable cause) {
    super.onClose(cause);
    SSLEngine engine = getSSLEngine();
    engine.closeOutbound();
    ByteBuffer unsent = ByteBuffer.allocate(ROOM);
    try {
      while (!engine.isOutboundDone()
          && engine.wrap(NOTHING, unsent.clear()).bytesProduced() > 0) {}
      engine.closeInbound();
    } catch (SSLException e) {
      // The peer hasn't said that it ended.
    }
  }

  private static boolean flows(SSLEngineResult result) {
    return result.getStatus() == Status.OK
        && result.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && result.bytesProduced() > 0;
  }

  private static boolean holdsRecord(ByteBuffer input) {
    int at = input.position();
    return input.remaining() >= HEADER_BYTES
        && input.get(at) == APPLICATION_DATA
        && input.remaining() >= HEADER_BYTES + (input.getShort(at + LENGTH_AT) & 0xffff);
  }
}
