package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/// One version of a file, open for reading. Any number of threads may read at once; reading and
/// closing don't disturb the file. Close is idempotent.
public interface StoredFile extends FileFacts, Closeable {
  /// Reads at least one byte at `position` into `into` and returns how many, or -1 where the file
  /// now ends at or before `position`. `into` must have room.
  int read(ByteBuffer into, long position) throws IOException;

  /// Moves up to `count` bytes from `position` to `target` by the cheapest way that both ends know
  /// and returns how many: 0 where the target takes none just now, or where the file now ends at or
  /// before `position`. The caller tells these apart by [#read].
  long transferTo(long position, long count, WritableByteChannel target) throws IOException;

  /// All the bytes, not to be changed, where they are in memory anyway.
  default Optional<ByteBuffer> bytes() {
    return Optional.empty();
  }
}
