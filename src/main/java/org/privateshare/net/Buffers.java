package org.privateshare.net;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// A bounded set of direct buffers, made when first needed and used again. Thread-safe.
final class Buffers {
  private final int bytes;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<ByteBuffer> idle = new ConcurrentLinkedDeque<>();

  Buffers(int count, int bytes) {
    this.bytes = bytes;
    this.permits = new Semaphore(count);
  }

  /// An empty buffer, to be given back; waits while all are out.
  ByteBuffer take() throws InterruptedIOException {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a buffer");
    }
    // The one given back last is the one whose memory is warm.
    return Objects.requireNonNullElseGet(idle.pollFirst(), () -> ByteBuffer.allocateDirect(bytes))
        .clear();
  }

  void give(ByteBuffer buffer) {
    idle.addFirst(buffer);
    permits.release();
  }
}
