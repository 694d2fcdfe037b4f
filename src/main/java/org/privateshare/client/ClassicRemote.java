package org.privateshare.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.classic.ClassicClient;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A share that is spoken to in the classic protocol. It knows no lengths: the end of the stream is
/// the end of the file, and an old server that fails half-way can look like one that has finished.
public final class ClassicRemote implements Remote {
  /// Waking up and calling the system cost more than a copy that leaves the core's cache: 256 KiB
  /// were measured to take a sixth longer, 4 MiB no less.
  private static final int PIECE = 1 << 20;

  private final ClassicClient client;

  /// The share at `host`, a name or an address without brackets.
  public ClassicRemote(String host, int port) {
    this.client = new ClassicClient(host, port, ClassicClient.Deadlines.DEFAULT);
  }

  @Override
  public void put(LocalSource source, Meter meter) throws Refusal, IOException {
    OptionalLong total = OptionalLong.of(source.size());
    SharePath name = SharePath.ROOT.child(source.name());
    try {
      client.put(
          name,
          source.channel(),
          sent -> {
            if (sent >= source.size()) {
              // The last moment: behind it the far end takes what it has for the file.
              requireUnchanged(source);
            }
            meter.moved(sent, total);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException e) {
      source.requireUnchanged();
      throw e;
    }
  }

  private static void requireUnchanged(LocalSource source) {
    try {
      source.requireUnchanged();
    } catch (FileSystemException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void get(SharePath file, LocalTarget target, Meter meter) throws Refusal, IOException {
    try (ReadableByteChannel bytes = client.get(file)) {
      ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
      while (bytes.read(piece.clear()) >= 0) {
        target.write(piece.flip());
        meter.moved(target.size(), OptionalLong.empty());
      }
    }
  }

  @Override
  public long list(Consumer<SharePath> names) throws IOException {
    return client.list(names);
  }
}
