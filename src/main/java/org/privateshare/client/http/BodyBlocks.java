package org.privateshare.client.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A request's body as it goes over the wire, block by block: as it is where its length was
/// announced, in chunks (RFC 9112 section 7.1) where not.
final class BodyBlocks {
  /// Every chunk's size is written with this many digits, so that it stands before the bytes
  /// without moving them.
  private static final int SIZE_LINE = 8 + 2;

  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final RequestBody body;
  private final boolean chunked;
  private final ByteBuffer block;
  private long left;
  private boolean ended;

  BodyBlocks(RequestBody body) {
    this.body = body;
    this.chunked = body.length().isEmpty();
    this.left = body.length().orElse(Long.MAX_VALUE);
    this.block = ByteBuffer.allocateDirect((int) Math.min(HttpClient.BUFFER, Math.max(64, left)));
  }

  /// Fills [#block] with what comes next; false where everything has been sent.
  ///
  /// @throws IOException where the body has not the length that was announced
  boolean next() throws IOException {
    return chunked ? nextChunk() : nextPlain();
  }

  /// What is to be sent next, between position and limit.
  ByteBuffer block() {
    return block;
  }

  private boolean nextPlain() throws IOException {
    block.clear();
    int count = fill();
    left -= count;
    if (left < 0 || (ended && left > 0)) {
      throw new IOException("what is being sent has changed its length");
    }
    return !ended;
  }

  private boolean nextChunk() throws IOException {
    if (ended) {
      return false;
    }
    block.clear().position(SIZE_LINE).limit(block.capacity() - LINE_END.length);
    int count = fill();
    if (ended) {
      block.clear().put(LAST).flip();
      return true;
    }
    block.limit(block.capacity()).position(SIZE_LINE + count).put(LINE_END).flip();
    for (int digit = 0; digit < SIZE_LINE - LINE_END.length; digit++) {
      block.put(digit, (byte) Character.forDigit((count >> (28 - 4 * digit)) & 0xf, 16));
    }
    block.put(SIZE_LINE - 2, LINE_END);
    return true;
  }

  /// Reads at least one byte, unless the body has ended: a block that is not full is sent at once,
  /// whoever types into a pipe wants it so.
  private int fill() throws IOException {
    int start = block.position();
    int count = body.read(block);
    if (count < 0) {
      ended = true;
      count = 0;
    }
    if (!chunked) {
      block.position(start).limit(start + count);
    }
    return count;
  }
}
