package org.privateshare.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// Where the bytes of a file go on this machine. One thread.
@FunctionalInterface
public interface LocalSink {
  /// Takes all remaining bytes.
  void write(ByteBuffer bytes) throws FileSystemException;

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
