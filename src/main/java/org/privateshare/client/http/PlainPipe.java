package org.privateshare.client.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// A [Pipe] in clear, for a server on the same machine.
final class PlainPipe implements Pipe {
  private final TimedChannel channel;
  private final Duration idle;

  PlainPipe(TimedChannel channel, Duration idle) {
    this.channel = channel;
    this.idle = idle;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return channel.read(into, Deadline.in(idle));
  }

  @Override
  public boolean write(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      if (channel.writeNow(from) == 0 && channel.awaitTurn(Deadline.in(idle))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean speaks(Duration patience) throws IOException {
    return channel.readable(patience);
  }

  @Override
  public Duration roundTrip() {
    return channel.roundTrip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
