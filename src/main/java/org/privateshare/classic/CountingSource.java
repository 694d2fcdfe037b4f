package org.privateshare.classic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.privateshare.net.Source;
import org.privateshare.share.Download;

/// A download as what a wire sends, counting what went out.
final class CountingSource implements Source {
  private final Download download;
  private long count;

  CountingSource(Download download) {
    this.download = download;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return download.read(into, position);
  }

  @Override
  public long transferTo(long position, long most, WritableByteChannel target) throws IOException {
    long moved = download.transferTo(position, most, target);
    count += moved;
    return moved;
  }

  long count() {
    return count;
  }
}
