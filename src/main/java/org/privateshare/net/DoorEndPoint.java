package org.privateshare.net;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Jetty's end of a socket, on which a thread can also simply wait until it is ready.
///
/// Jetty itself knows callbacks only, and its `fill` reports a reset as the end of the stream; a
/// [SocketWire] therefore reads and writes the channel itself and waits here. The selector unparks
/// the waiting thread directly: no task, no buffer, no byte that must be written to be told when
/// there is room.
final class DoorEndPoint extends SocketChannelEndPoint {
  private volatile @Nullable Thread waiter;
  private volatile boolean ready;

  DoorEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
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
