package org.privateshare.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Something that [Wire#send] takes bytes from, like an open file.
public interface Source {
  /// Reads at least one byte at `position` into `into` and returns how many, or -1 where the source
  /// ends at or before `position`.
  int read(ByteBuffer into, long position) throws IOException;

  /// Moves up to `count` bytes from `position` to `target` by the cheapest way and returns how
  /// many; 0 where the target takes none just now or the source has no more.
  long transferTo(long position, long count, WritableByteChannel target) throws IOException;
}
