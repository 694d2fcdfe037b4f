package org.privateshare.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Jetty's end of a socket, on which a thread can also simply wait until it is ready.
///
/// Jetty itself knows callbacks only, and its `fill` reports a reset as the end of the stream; a
/// [SocketWire] therefore reads and writes the channel itself and waits here. The selector unparks
/// the waiting thread directly: no task, no buffer, no byte that must be written to be told when
/// there is room.
final class DoorEndPoint extends SocketChannelEndPoint {
  private static final Logger LOG = LoggerFactory.getLogger(DoorEndPoint.class);

  /// Whoever sends one request behind the other gets so many answers from the thread that waits for
  /// all, before others have their turn.
  private static final int MOST_IN_A_TURN = 16;

  private volatile @Nullable Thread waiter;
  private volatile boolean ready;

  private final AtomicInteger inThisTurn = new AtomicInteger();

  /// For connections that Jetty serves: who keeps whom waiting.
  private final Turns turns = new Turns();

  DoorEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
  }

  /// What Jetty's end of a connection, encrypted or not, is built on.
  static DoorEndPoint under(EndPoint endPoint) {
    EndPoint inner = endPoint;
    while (inner instanceof EndPoint.Wrapper wrapper) {
      inner = wrapper.unwrap();
    }
    return (DoorEndPoint) inner;
  }

  /// From here on the [Watch] keeps the time, not Jetty.
  void watchTurns() {
    setIdleTimeout(0);
    turns.restart();
  }

  Turns turns() {
    return turns;
  }

  /// Whether the next request may keep the thread that waits for all.
  boolean hasTurn() {
    return inThisTurn.getAndIncrement() < MOST_IN_A_TURN;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int count = super.fill(buffer);
    if (count > 0) {
      turns.input();
    }
    return count;
  }

  /// Breaks the connection, so that the peer can't take it for the end.
  void abort() {
    try {
      var _ = getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException gone) {
      LOG.debug("a connection was gone before it was aborted", gone);
    }
    close();
  }

  /// Parks until there may be something to read, the socket is closed or the time is up.
  void awaitReadable(long nanos) {
    ready = false;
    waiter = Thread.currentThread();
    needsFillInterest();
    park(nanos);
  }

  /// Parks until there may be room to write, the socket is closed or the time is up.
  void awaitWritable(long nanos) {
    ready = false;
    waiter = Thread.currentThread();
    onIncompleteFlush();
    park(nanos);
  }

  private void park(long nanos) {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (!ready && isOpen() && left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, left);
      left = end - System.nanoTime();
    }
    waiter = null;
  }

  /// On the selector's thread.
  @Override
  public @Nullable Runnable onSelected() {
    inThisTurn.set(0);
    Runnable task = super.onSelected();
    if (waiter == null) {
      return task;
    }
    wake();
    return null;
  }

  @Override
  public void onClose(@Nullable Throwable failure) {
    super.onClose(failure);
    wake();
  }

  private void wake() {
    ready = true;
    LockSupport.unpark(waiter);
  }
}
