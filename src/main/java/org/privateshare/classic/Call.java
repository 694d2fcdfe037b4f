package org.privateshare.classic;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongConsumer;

/// A client's connection: blocking calls, each of which waits for the server a limited time only.
/// For one thread; the caller closes it.
final class Call implements ReadableByteChannel {
  /// How often a long transfer tells how far it is.
  private static final long REPORT_BYTES = 4L << 20;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private Duration patience;

  private Call(SocketChannel channel, Selector selector, Duration patience) throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.patience = patience;
    var _ = channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  /// Connects to the first address of `host` that answers.
  static Call to(String host, int port, Duration connect, Duration patience) throws IOException {
    IOException failure = new ConnectException("no address");
    for (InetAddress address : addresses(host)) {
      try {
        return connected(new InetSocketAddress(address, port), connect, patience);
      } catch (IOException e) {
        e.addSuppressed(failure);
        failure = e;
      }
    }
    throw new ConnectException(
        "cannot connect to " + host + " port " + port + ": " + failure.getMessage());
  }

  private static InetAddress[] addresses(String host) throws UnknownHostException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new UnknownHostException("nobody knows a host called " + host);
    }
  }

  private static Call connected(InetSocketAddress address, Duration connect, Duration patience)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(address, (int) connect.toMillis());
      var _ = channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new Call(channel, Selector.open(), patience);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// From now on the server may keep us waiting so long.
  void patience(Duration longer) {
    patience = longer;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = channel.read(into);
    while (count == 0 && into.hasRemaining()) {
      await(SelectionKey.OP_READ);
      count = channel.read(into);
    }
    return count;
  }

  /// Writes all remaining bytes.
  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /// Sends the first `size` bytes of a file without copying them.
  ///
  /// @throws IOException also where the file turns out shorter
  void send(FileChannel file, long size, LongConsumer sent) throws IOException {
    long at = 0;
    while (at < size) {
      long count = file.transferTo(at, Math.min(size - at, REPORT_BYTES), channel);
      if (count > 0) {
        at += count;
        sent.accept(at);
      } else if (file.size() <= at) {
        throw new IOException("the file was cut short while it was sent");
      } else {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  private void await(int operation) throws IOException {
    var _ = key.interestOps(operation);
    long end = System.nanoTime() + patience.toNanos();
    while (selector.select(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()))
        == 0) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted");
      } else if (System.nanoTime() >= end) {
        throw new SocketTimeoutException(
            "the server has made no progress for " + patience.toSeconds() + " s");
      }
    }
    selector.selectedKeys().clear();
  }

  /// Makes sure, without waiting, that the server is still there and has said nothing.
  void requireSilence() throws IOException {
    int count = channel.read(ByteBuffer.allocate(1));
    if (count != 0) {
      throw new IOException(
          count < 0
              ? "the server closed before it had the whole file"
              : "the server spoke where it should have listened");
    }
  }

  /// Ends our side of the stream.
  void shutdownOutput() throws IOException {
    var _ = channel.shutdownOutput();
  }

  /// Whether the end of this connection, be it by the death of this process, is to be a reset.
  void resetOnClose(boolean reset) throws IOException {
    var _ = channel.setOption(StandardSocketOptions.SO_LINGER, reset ? 0 : -1);
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    // In this order: the system closes the socket when the selector lets it go.
    channel.close();
    selector.close();
  }
}
