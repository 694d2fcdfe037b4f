package org.privateshare.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;

/// A TCP connection on which nothing waits for ever, neither to connect nor to read nor to write.
///
/// The channel doesn't block; a selector of its own does the waiting. So writes have deadlines too,
/// which `SO_TIMEOUT` can't give, no watchdog thread is needed, and a writer sees at once when the
/// peer speaks up. One thread at a time; only [#close] may come from any thread, and ends a wait
/// with an `AsynchronousCloseException`.
final class TimedChannel implements Closeable {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private Duration roundTrip = Duration.ZERO;

  private TimedChannel(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.register(selector, 0);
  }

  /// Connects to the first address of `host` that answers within `limit`.
  ///
  /// @throws IOException of the last address that failed, with those of the others suppressed
  static TimedChannel connect(String host, int port, Duration limit) throws IOException {
    IOException failure = new UnknownHostException(host);
    for (InetAddress address : InetAddress.getAllByName(host)) {
      try {
        return connect(new InetSocketAddress(address, port), limit);
      } catch (IOException e) {
        if (!(failure instanceof UnknownHostException)) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure;
  }

  private static TimedChannel connect(InetSocketAddress address, Duration limit)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      var _ = channel.configureBlocking(false);
      var _ = channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var timed = new TimedChannel(channel, Selector.open());
      long start = System.nanoTime();
      if (!channel.connect(address)) {
        timed.finishConnect(Deadline.in(limit), address);
      }
      timed.roundTrip = Duration.ofNanos(System.nanoTime() - start);
      return timed;
    } catch (ConnectException e) {
      channel.close();
      throw named(address, e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void finishConnect(Deadline deadline, InetSocketAddress address) throws IOException {
    try {
      do {
        var _ = await(SelectionKey.OP_CONNECT, deadline, "no answer from " + address);
      } while (!channel.finishConnect());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /// How long it took to connect, which is one round trip.
  Duration roundTrip() {
    return roundTrip;
  }

  private static IOException named(InetSocketAddress address, ConnectException cause) {
    String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    String there = address.getAddress().getHostAddress() + " port " + address.getPort();
    var named = new ConnectException(reason + " (" + there + ")");
    named.initCause(cause);
    return named;
  }

  /// Reads at least one byte, or -1 at the end.
  int read(ByteBuffer into, Deadline deadline) throws IOException {
    int count = channel.read(into);
    while (count == 0) {
      var _ = await(SelectionKey.OP_READ, deadline, "the server sends nothing");
      count = channel.read(into);
    }
    return count;
  }

  /// Reads what is there, possibly nothing (0), or -1 at the end.
  int readNow(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  /// Writes what the connection takes at once, possibly nothing.
  int writeNow(ByteBuffer from) throws IOException {
    return channel.write(from);
  }

  /// Writes all.
  void write(ByteBuffer from, Deadline deadline) throws IOException {
    while (from.hasRemaining()) {
      if (channel.write(from) == 0) {
        var _ = await(SelectionKey.OP_WRITE, deadline, "the server takes nothing");
      }
    }
  }

  /// Waits until more can be written or there is something to read: returns whether the latter.
  boolean awaitTurn(Deadline deadline) throws IOException {
    int ready =
        await(SelectionKey.OP_READ | SelectionKey.OP_WRITE, deadline, "the server takes nothing");
    return (ready & SelectionKey.OP_READ) != 0;
  }

  /// Whether there is something to read, be it the end, now or within `patience`.
  boolean readable(Duration patience) throws IOException {
    return select(SelectionKey.OP_READ, patience.toMillis()) != 0;
  }

  private int await(int operations, Deadline deadline, String waitingFor) throws IOException {
    while (true) {
      int ready = select(operations, deadline.millisLeft(waitingFor));
      if (ready != 0) {
        return ready;
      }
    }
  }

  private int select(int operations, long millis) throws IOException {
    try {
      var _ = key.interestOps(operations);
      selector.selectedKeys().clear();
      int selected = millis > 0 ? selector.select(millis) : selector.selectNow();
      return selected == 0 ? 0 : key.readyOps();
    } catch (ClosedSelectorException | CancelledKeyException e) {
      var closed = new AsynchronousCloseException();
      closed.initCause(e);
      throw closed;
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
