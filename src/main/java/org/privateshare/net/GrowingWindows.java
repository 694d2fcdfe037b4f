package org.privateshare.net;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http2.AbstractFlowControlStrategy;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/// How much a peer of one HTTP/2 connection may have under way to us (RFC 9113 section 5.2): little
/// at first, and more for who makes use of it, since a window is all that fits into one round trip.
///
/// A connection whose window is used up within a second gets twice as much, up to [#LARGEST], as
/// long as there is something left of what all connections share; with its end it gives that back.
/// What has come and isn't read yet is memory: so a disk that hangs can't take more than is shared.
/// Of a connection's window one request has half, so that others get through beside it, and none
/// before it was begun to be read. Thread-safe.
final class GrowingWindows extends AbstractFlowControlStrategy implements Connection.Listener {
  static final int FIRST = 512 << 10;
  static final int FIRST_OF_STREAM = FIRST / 2;
  static final int LARGEST = 8 << 20;

  /// What has been read is told in so many parts of a window.
  private static final int PARTS = 4;

  private static final long SOON_NANOS = 1_000_000_000;

  private final Semaphore shared;
  private final Map<Stream, Window> windows = new HashMap<>();
  private final Window whole = new Window(FIRST);
  private int used;
  private long since = System.nanoTime();
  private boolean closed;

  /// One of them, as large as it is when nothing is under way.
  private static final class Window {
    private int size;
    private int untold;

    private Window(int size) {
      this.size = size;
    }

    /// Takes note of bytes that were read; returns how many more may be sent, or 0 for not yet.
    private int read(int bytes) {
      untold += bytes;
      return untold < size / PARTS ? 0 : tell();
    }

    private int tell() {
      int told = untold;
      untold = 0;
      return told;
    }

    private void growTo(int wanted) {
      untold += wanted - size;
      size = wanted;
    }
  }

  /// @param shared bytes by which the windows of all connections may have grown
  GrowingWindows(Semaphore shared) {
    super(DEFAULT_WINDOW_SIZE);
    this.shared = shared;
  }

  @Override
  public void onStreamCreated(Stream stream) {
    super.onStreamCreated(stream);
    synchronized (this) {
      windows.put(stream, new Window(getInitialStreamRecvWindow()));
    }
  }

  @Override
  public void onStreamDestroyed(Stream stream) {
    synchronized (this) {
      windows.remove(stream);
    }
    super.onStreamDestroyed(stream);
  }

  @Override
  public void onDataConsumed(Session session, @Nullable Stream stream, int length) {
    if (length <= 0) {
      return;
    }
    int more;
    int moreOfStream;
    synchronized (this) {
      growWhereUsed(length);
      more = whole.read(length);
      moreOfStream = readOfStream(stream, length);
    }
    // Not under the lock: these take locks of the session.
    if (more > 0) {
      int _ = updateRecvWindow(session, more);
      sendWindowUpdate(session, null, List.of(new WindowUpdateFrame(0, more)));
    }
    if (stream != null && moreOfStream > 0) {
      int _ = updateRecvWindow(stream, moreOfStream);
      sendWindowUpdate(
          session, stream, List.of(new WindowUpdateFrame(stream.getId(), moreOfStream)));
    }
  }

  private void growWhereUsed(int length) {
    used += length;
    if (used < whole.size) {
      return;
    }
    long now = System.nanoTime();
    if (now - since < SOON_NANOS
        && whole.size < LARGEST
        && !closed
        && shared.tryAcquire(whole.size)) {
      whole.growTo(2 * whole.size);
    }
    used = 0;
    since = now;
  }

  private int readOfStream(@Nullable Stream stream, int length) {
    Window window = stream == null || stream.isRemotelyClosed() ? null : windows.get(stream);
    if (window == null) {
      return 0;
    }
    if (window.size < whole.size / 2) {
      window.growTo(whole.size / 2);
    }
    return window.read(length);
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    if (!closed) {
      closed = true;
      shared.release(whole.size - FIRST);
    }
  }
}
