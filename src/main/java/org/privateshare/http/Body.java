package org.privateshare.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Refusal;

/// The body of a request, read blocking, piece by piece, straight out of Jetty's buffers. For the
/// request's own thread.
///
/// `100 Continue` goes out when more is needed than has come: so whoever reads first has checked
/// everything before.
final class Body {
  /// Who takes the pieces.
  interface Taker {
    /// Takes all remaining bytes; the buffer is Jetty's again afterwards.
    void take(ByteBuffer piece) throws Refusal, IOException;
  }

  private final Request request;

  /// What came and was not taken yet, or the end, which stays.
  private Content.@Nullable Chunk ahead;

  private long taken;

  Body(Request request) {
    this.request = request;
  }

  /// How many bytes have been taken.
  long taken() {
    return taken;
  }

  /// Gives the rest of the body to `taker`.
  ///
  /// @throws BodyCut where it ends before its end
  void forEach(Taker taker) throws Refusal, IOException {
    while (true) {
      Content.Chunk chunk = look();
      if (chunk == null) {
        await();
      } else {
        boolean isLast = chunk.isLast();
        give(chunk, taker);
        if (isLast) {
          requireWhole();
          return;
        }
      }
    }
  }

  /// All of it at once.
  ///
  /// @throws Refusal.TooLarge where it has more than `most` bytes
  byte[] bytes(int most) throws Refusal, IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    forEach(
        piece -> {
          if (all.size() + piece.remaining() > most) {
            throw new Refusal.TooLarge(most);
          }
          byte[] bytes = new byte[piece.remaining()];
          piece.get(bytes);
          all.writeBytes(bytes);
        });
    return all.toByteArray();
  }

  /// Reads at least one byte of it into `into`, which has room for one.
  ///
  /// @return how many; -1 at its end
  /// @throws BodyCut where it ends before that
  int read(ByteBuffer into) throws IOException {
    while (true) {
      Content.Chunk chunk = look();
      if (chunk == null) {
        await();
      } else if (Content.Chunk.isFailure(chunk)) {
        throw new BodyCut(chunk.getFailure());
      } else if (chunk.hasRemaining()) {
        return take(chunk.getByteBuffer(), into);
      } else if (chunk.isLast()) {
        requireWhole();
        return -1;
      } else {
        passed(chunk);
      }
    }
  }

  private int take(ByteBuffer from, ByteBuffer into) {
    int count = Math.min(from.remaining(), into.remaining());
    into.put(from.slice(from.position(), count));
    from.position(from.position() + count);
    taken += count;
    return count;
  }

  /// A chunk has no more bytes.
  private void passed(Content.Chunk chunk) {
    ahead = chunk.isLast() ? Content.Chunk.EOF : null;
    var _ = chunk.release();
  }

  /// Gives back what has come and will not be taken.
  void release() {
    if (ahead != null && !Content.Chunk.isFailure(ahead)) {
      passed(ahead);
    }
  }

  private void requireWhole() throws BodyCut {
    if (FramingRule.isCut(request)) {
      throw new BodyCut(new EOFException("the last chunk is not whole"));
    }
  }

  private void give(Content.Chunk chunk, Taker taker) throws Refusal, IOException {
    if (Content.Chunk.isFailure(chunk)) {
      throw new BodyCut(chunk.getFailure());
    }
    ahead = chunk.isLast() ? Content.Chunk.EOF : null;
    try {
      if (chunk.hasRemaining()) {
        taken += chunk.remaining();
        taker.take(chunk.getByteBuffer());
      }
    } finally {
      var _ = chunk.release();
    }
  }

  /// What is there without waiting; null where nothing is.
  private Content.@Nullable Chunk look() {
    if (ahead == null) {
      ahead = request.read();
    }
    return ahead;
  }

  private void await() throws IOException {
    try (Blocker.Runnable arrival = Blocker.runnable()) {
      request.demand(arrival);
      arrival.block();
    }
  }

  /// Whether there is more of it, come or yet to come.
  boolean isPending() {
    Content.Chunk chunk = look();
    return chunk == null || (!Content.Chunk.isFailure(chunk) && !isEnd(chunk));
  }

  /// Whether it came to its end, so that the connection stands at the next request.
  boolean isOver() {
    // What follows CONNECT is no HTTP.
    Content.Chunk chunk = HttpMethod.CONNECT.is(request.getMethod()) ? null : look();
    return chunk != null && !Content.Chunk.isFailure(chunk) && isEnd(chunk);
  }

  private static boolean isEnd(Content.Chunk chunk) {
    return chunk.isLast() && !chunk.hasRemaining();
  }

  /// Takes a body that means nothing.
  ///
  /// @throws Problem 413 where it has more than `most` bytes
  void skip(int most) throws Problem, Refusal, IOException {
    if (request.getLength() > most) {
      throw tooMuch();
    }
    while (isPending()) {
      if (taken > most) {
        throw tooMuch();
      }
      Content.Chunk chunk = look();
      if (chunk == null) {
        await();
      } else {
        give(chunk, ByteBuffer::flip);
      }
    }
    taken = 0;
  }

  private static Problem tooMuch() {
    return new Problem(413, "too-large", "so long a body means nothing here");
  }

  /// After the answer: takes what still comes, so that a caller who is busy sending gets to read it
  /// (RFC 9112 section 9.6), until the end, `most` bytes or the time is up. Never fails.
  void drain(long most, Duration atMost) {
    if (request.getHeaders().contains(HttpHeader.EXPECT) && look() == null) {
      // Waits for a word of ours before it sends anything.
      return;
    }
    long end = System.nanoTime() + atMost.toNanos();
    long left = most;
    while (left > 0 && isPending()) {
      Content.Chunk chunk = look();
      if (chunk != null) {
        left -= chunk.remaining();
        passed(chunk);
      } else if (!awaitUntil(end)) {
        return;
      }
    }
  }

  private boolean awaitUntil(long end) {
    CountDownLatch arrival = new CountDownLatch(1);
    request.demand(Invocable.from(InvocationType.NON_BLOCKING, arrival::countDown));
    try {
      return arrival.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
