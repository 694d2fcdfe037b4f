package org.privateshare.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.privateshare.share.Download;

/// The content of an answer, through one direct buffer of the listener's pool: whatever its length,
/// it needs no more memory than that. For the request's own thread.
///
/// Closing it gives the buffer back and says nothing to the caller: what was not flushed is lost,
/// and who ends the answer is the [Door].
final class ReplyStream extends OutputStream {
  private final Reply reply;
  private final RetainableByteBuffer pooled;
  private final ByteBuffer buffer;

  private ReplyStream(Reply reply, RetainableByteBuffer pooled) {
    this.reply = reply;
    this.pooled = pooled;
    this.buffer = pooled.getByteBuffer().clear().limit(pooled.capacity());
  }

  /// A stream for content of about that length, where it is known.
  static ReplyStream of(Call call, long length) {
    int capacity = Math.clamp(length, 1, Reply.PIECE_BYTES);
    return new ReplyStream(
        call.reply(), call.request().getComponents().getByteBufferPool().acquire(capacity, true));
  }

  /// Writes a text of ASCII.
  void write(String text) throws PeerGone {
    write(text.getBytes(US_ASCII), 0, text.length());
  }

  @Override
  public void write(byte[] bytes) throws PeerGone {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int start, int count) throws PeerGone {
    int end = start + count;
    for (int at = start; at < end; ) {
      int piece = Math.min(room(), end - at);
      buffer.put(bytes, at, piece);
      at += piece;
    }
  }

  @Override
  public void write(int unit) throws PeerGone {
    var _ = room();
    buffer.put((byte) unit);
  }

  /// Writes bytes of a file, read straight into the buffer.
  ///
  /// @throws EOFException where the file has been cut since it was opened
  void write(Download file, long position, long count) throws IOException {
    long end = position + count;
    for (long at = position; at < end; ) {
      int limit = buffer.limit();
      int piece = (int) Math.min(room(), end - at);
      buffer.limit(buffer.position() + piece);
      int read = file.read(buffer, at);
      buffer.limit(limit);
      if (read < 0) {
        throw new EOFException("the file was cut while it was sent");
      }
      at += read;
    }
  }

  /// How much fits into the buffer, at least one byte: a full one is sent.
  private int room() throws PeerGone {
    if (!buffer.hasRemaining()) {
      flush();
    }
    return buffer.remaining();
  }

  /// Sends what is in the buffer.
  @Override
  public void flush() throws PeerGone {
    int limit = buffer.limit();
    buffer.flip();
    try {
      reply.write(buffer);
    } finally {
      buffer.clear().limit(limit);
    }
  }

  @Override
  public void close() {
    var _ = pooled.release();
  }
}
