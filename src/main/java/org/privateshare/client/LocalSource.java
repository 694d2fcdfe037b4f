package org.privateshare.client;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.OptionalLong;

/// Bytes of this machine on their way into a share. Every failure of theirs is a
/// `FileSystemException`. Not for several threads.
public sealed interface LocalSource extends Closeable permits LocalFile, LocalStream {
  /// How many bytes there will be, no more and no less; empty where nobody knows.
  OptionalLong size();

  /// Reads at least one byte into `into`, which has room for one. Returns how many, or -1 at the
  /// end.
  int read(ByteBuffer into) throws FileSystemException;

  /// Makes sure that [#size()] has stayed true. Called after the last byte was read and before the
  /// far end is told that it has all.
  ///
  /// @throws FileSystemException where the file has grown or shrunk meanwhile
  void requireUnchanged() throws FileSystemException;

  @Override
  void close() throws FileSystemException;
}
