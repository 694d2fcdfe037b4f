package org.privateshare.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.privateshare.model.Refusal;

/// A [Wire] over a plain socket: blocking calls for one virtual thread on a non-blocking channel.
///
/// Each call first tries the channel and only then waits at the [DoorEndPoint]; the peer's [Pace]
/// bounds the waits.
final class SocketWire implements Wire {
  /// As much as goes out before other threads get a turn: virtual threads are never pre-empted, and
  /// a fast transfer may find its socket ready for ever.
  private static final long TURN_BYTES = 4L << 20;

  private static final int AHEAD_BYTES = 32;

  private final DoorEndPoint endPoint;
  private final SocketChannel channel;
  private final InetSocketAddress peer;
  private final Buffers buffers;
  private final Pace pace;

  /// What was read to classify the connection or to see whether there is input, and not used yet.
  private ByteBuffer ahead;

  private boolean inputEnded;

  /// @param first what has been read from the channel already
  SocketWire(DoorEndPoint endPoint, ByteBuffer first, Buffers buffers, Deadlines deadlines)
      throws IOException {
    this.endPoint = endPoint;
    this.channel = endPoint.getChannel();
    this.peer = (InetSocketAddress) channel.getRemoteAddress();
    this.buffers = buffers;
    this.pace = new Pace(deadlines.progress(), deadlines.bytesPerWindow());
    this.ahead = first;
    // Should this process die, the system closes its sockets: until we say that all is well, the
    // peer
    // must see a reset then and not the end of the stream.
    var _ = channel.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  @Override
  public InetSocketAddress peer() {
    return peer;
  }

  @Override
  public boolean awaitInput(Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!ahead.hasRemaining() && !inputEnded) {
      readAhead();
      long left = end - System.nanoTime();
      if (ahead.hasRemaining() || inputEnded) {
        break;
      } else if (left <= 0) {
        return false;
      }
      endPoint.awaitReadable(left);
      refuseInterrupt();
    }
    return true;
  }

  private void readAhead() throws IOException {
    ByteBuffer next = ByteBuffer.allocate(AHEAD_BYTES);
    inputEnded = readChannel(next) < 0;
    ahead = next.flip();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    while (!ahead.hasRemaining() && !inputEnded) {
      int count = readChannel(into);
      if (count > 0) {
        return count;
      } else if (count < 0) {
        inputEnded = true;
      } else {
        waitForInput();
      }
    }
    if (!ahead.hasRemaining()) {
      return -1;
    }
    int count = Math.min(ahead.remaining(), into.remaining());
    into.put(ahead.slice(ahead.position(), count));
    ahead.position(ahead.position() + count);
    return count;
  }

  @Override
  public void receive(Sink sink) throws Refusal, IOException {
    if (ahead.hasRemaining()) {
      sink.accept(ahead);
    }
    while (!inputEnded) {
      waitForInput();
      ByteBuffer buffer = buffers.take();
      try {
        receiveWhatIsThere(sink, buffer);
      } finally {
        buffers.give(buffer);
      }
    }
  }

  private void receiveWhatIsThere(Sink sink, ByteBuffer buffer) throws Refusal, IOException {
    long turn = 0;
    int count;
    do {
      buffer.clear();
      do {
        count = readChannel(buffer);
      } while (count > 0 && buffer.hasRemaining());
      turn += buffer.position();
      if (buffer.flip().hasRemaining()) {
        sink.accept(buffer);
      }
      if (turn >= TURN_BYTES) {
        turn = 0;
        giveTurn();
      }
    } while (count > 0);
    inputEnded = count < 0;
  }

  private int readChannel(ByteBuffer into) throws IOException {
    int count = channel.read(into);
    if (count > 0) {
      pace.moved(count);
    }
    return count;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int count = channel.write(bytes);
      if (count > 0) {
        pace.moved(count);
      } else {
        waitForRoom();
      }
    }
  }

  @Override
  public void send(Source source, long position, long count) throws IOException {
    long at = position;
    long end = position + count;
    boolean hadRoom = false;
    while (at < end) {
      long sent = source.transferTo(at, Math.min(end - at, TURN_BYTES), channel);
      if (sent > 0) {
        at += sent;
        pace.moved(sent);
        hadRoom = false;
        giveTurn();
      } else if (hadRoom && source.read(ByteBuffer.allocate(1), at) < 0) {
        throw new IOException("the file was cut short while it was sent");
      } else {
        waitForRoom();
        hadRoom = true;
      }
    }
  }

  /// A courtesy, nothing relies on it.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void giveTurn() {
    Thread.yield();
  }

  private void waitForInput() throws IOException {
    long planned = pace.patience();
    long start = System.nanoTime();
    endPoint.awaitReadable(planned);
    pace.waited(planned, System.nanoTime() - start);
    refuseInterrupt();
  }

  private void waitForRoom() throws IOException {
    long planned = pace.patience();
    long start = System.nanoTime();
    endPoint.awaitWritable(planned);
    pace.waited(planned, System.nanoTime() - start);
    refuseInterrupt();
  }

  /// An interrupted thread would not park any more, and a channel it touches is closed.
  private static void refuseInterrupt() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void shutdownOutput() {
    endPoint.shutdownOutput();
  }

  @Override
  public void reset() {
    endPoint.close();
  }

  /// Ends the connection cleanly; afterwards a reset has no effect.
  void close() throws IOException {
    var _ = channel.setOption(StandardSocketOptions.SO_LINGER, -1);
    endPoint.close();
  }
}
