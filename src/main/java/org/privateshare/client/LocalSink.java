package org.privateshare.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/// Where the bytes of a file go on this machine. One thread, except where said otherwise.
///
/// A sink that remembers tells what has come before in [#part]; a protocol that can go on there
/// does so. Where it can't, or the far end has another version by now, it says [#begin], and all
/// that was there is dropped.
@FunctionalInterface
public interface LocalSink {
  /// Takes all remaining bytes.
  void write(ByteBuffer bytes) throws FileSystemException;

  /// What has come before, if anything; bytes that are written next go behind it.
  default Optional<Part> part() throws FileSystemException {
    return Optional.empty();
  }

  /// Bytes that are written next are the file's first ones. Said before them by protocols that know
  /// what is coming.
  default void begin(Incoming incoming) throws FileSystemException {}

  /// How many connections may bring bytes at once, or [Habits#AS_IT_PAYS]. With more than one,
  /// [#write(ByteBuffer, long)] takes them, from any thread.
  default int connections() {
    return 1;
  }

  /// Takes all remaining bytes, which go to a place in the file.
  ///
  /// @param position how many bytes of the file are before them
  default void write(ByteBuffer bytes, long position) throws FileSystemException {
    throw new UnsupportedOperationException("a stream has no places");
  }

  /// Tells how far the bytes have come and what they sum up to, so that it can be remembered. The
  /// sum is of all bytes from the file's first one on.
  default void mark(Mark reached) throws FileSystemException {}

  /// A stream that stays the caller's to flush and to close. What it has been given can't be taken
  /// back when the transfer fails at its end.
  ///
  /// @param name what messages call it
  static LocalSink of(String name, OutputStream stream) {
    WritableByteChannel channel = Channels.newChannel(stream);
    return bytes -> {
      try {
        while (bytes.hasRemaining()) {
          int _ = channel.write(bytes);
        }
      } catch (IOException e) {
        throw LocalFailure.of(Path.of(name), e);
      }
    };
  }
}
