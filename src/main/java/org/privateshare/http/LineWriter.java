package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Sends lines on a thread of its own, so that a caller who sends and doesn't read meanwhile keeps
/// nobody waiting until [#MOST_WAITING] bytes wait for him. Thread-safe.
final class LineWriter implements Closeable {
  /// How much may wait in memory.
  static final int MOST_WAITING = 8 << 20;

  private final Sink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private int underway;
  private boolean isSending;
  private boolean isOver;
  private Optional<PeerGone> failure = Optional.empty();

  /// Where the lines go.
  interface Sink {
    void write(ByteBuffer bytes) throws PeerGone;
  }

  /// @param sink an answer whose head has been sent by the time that the first line is added; from
  ///   then on nobody else writes to it
  LineWriter(Sink sink) {
    this.sink = sink;
  }

  /// Adds one line or more; waits where too much waits already.
  ///
  /// @throws PeerGone where the caller doesn't take the answer
  void add(String lines) throws PeerGone {
    lock.lock();
    try {
      while (waiting.size() + underway > MOST_WAITING && failure.isEmpty()) {
        changed.awaitUninterruptibly();
      }
      requirePeer();
      waiting.writeBytes(lines.getBytes(UTF_8));
      if (!isSending) {
        isSending = true;
        Thread.ofVirtual().name("lines").start(this::send);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Adds the last line and returns when all have been sent.
  ///
  /// @throws PeerGone where the caller doesn't take the answer
  void finish(String last) throws PeerGone {
    add(last);
    close();
    lock.lock();
    try {
      requirePeer();
    } finally {
      lock.unlock();
    }
  }

  private void requirePeer() throws PeerGone {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private void send() {
    try {
      for (byte[] lines = next(); lines.length > 0; lines = next()) {
        sink.write(ByteBuffer.wrap(lines));
      }
      end(Optional.empty());
    } catch (PeerGone e) {
      end(Optional.of(e));
    } catch (Throwable bug) {
      end(Optional.of(new PeerGone(bug))); // or whoever waits would wait for ever
      throw bug;
    }
  }

  /// What waits by now; nothing where nothing more will come.
  private byte[] next() {
    lock.lock();
    try {
      underway = 0;
      changed.signalAll();
      while (waiting.size() == 0 && !isOver) {
        changed.awaitUninterruptibly();
      }
      byte[] lines = waiting.toByteArray();
      waiting = new ByteArrayOutputStream();
      underway = lines.length;
      return lines;
    } finally {
      lock.unlock();
    }
  }

  private void end(Optional<PeerGone> why) {
    lock.lock();
    try {
      failure = why;
      isSending = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns when all that was added has been sent, or can't be.
  @Override
  public void close() {
    lock.lock();
    try {
      isOver = true;
      changed.signalAll();
      while (isSending) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
