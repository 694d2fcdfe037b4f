package org.privateshare.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A stream on its way into a share: whatever comes out of it until it ends.
public final class LocalStream implements LocalSource {
  private final Path name;
  private final ReadableByteChannel bytes;

  /// Takes over a stream.
  ///
  /// @param name what messages call it
  public LocalStream(String name, InputStream bytes) {
    this.name = Path.of(name);
    this.bytes = Channels.newChannel(bytes);
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public int read(ByteBuffer into) throws FileSystemException {
    try {
      return bytes.read(into);
    } catch (IOException e) {
      throw LocalFailure.of(name, e);
    }
  }

  @Override
  public void requireUnchanged() {
    // It had no size to begin with.
  }

  @Override
  public void close() throws FileSystemException {
    try {
      bytes.close();
    } catch (IOException e) {
      throw LocalFailure.of(name, e);
    }
  }
}
