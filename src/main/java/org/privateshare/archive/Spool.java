package org.privateshare.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Bytes that wait until all of them are there: up to a MiB in memory, more in a temporary file
/// that has no name, so nothing is left of it.
final class Spool extends OutputStream {
  private static final int MOST_IN_MEMORY = 1 << 20;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private Optional<FileChannel> file = Optional.empty();
  private long size;

  long size() {
    return size;
  }

  @Override
  public void write(byte[] bytes, int start, int count) throws IOException {
    if (memory.size() + count > MOST_IN_MEMORY) {
      spill();
    }
    memory.write(bytes, start, count);
    size += count;
  }

  @Override
  public void write(int unit) throws IOException {
    write(new byte[] {(byte) unit}, 0, 1);
  }

  private void spill() throws IOException {
    if (file.isEmpty()) {
      Path path = Files.createTempFile("privateshare", ".zip");
      file =
          Optional.of(
              FileChannel.open(
                  path,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE));
    }
    memory.writeTo(Channels.newOutputStream(file.get()));
    memory.reset();
  }

  void writeTo(OutputStream out) throws IOException {
    if (file.isPresent()) {
      spill();
      var _ = Channels.newInputStream(file.get().position(0)).transferTo(out);
    }
    memory.writeTo(out);
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
