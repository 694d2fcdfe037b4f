package org.privateshare.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.classic.ClassicClient;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A share that is spoken to in the classic protocol, one connection a call. It knows no lengths:
/// the end of the stream is the end of the file, and an old server that fails half-way can look
/// like one that has finished. Nor does it know folders, sums or any change but a new file.
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
  public Stored put(LocalSource source, SharePath target, IfTaken ifTaken, Meter meter)
      throws Refusal, IOException {
    if (ifTaken == IfTaken.REPLACE) {
      throw new Refusal.Denied("the classic protocol can't replace a file");
    }
    if (!(source instanceof LocalFile file)) {
      throw new Refusal.Denied(
          "the classic protocol can't send a stream: its far end couldn't tell a file from a part");
    }
    send(file, target, meter);
    return new Stored(target, file.length(), Optional.empty(), false);
  }

  private void send(LocalFile file, SharePath target, Meter meter) throws Refusal, IOException {
    try {
      client.put(
          target,
          file.channel(),
          sent -> {
            if (sent >= file.length()) {
              // The last moment: behind it the far end takes what it has for the file.
              requireUnchanged(file);
            }
            meter.moved(sent, file.size());
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException e) {
      file.requireUnchanged();
      throw e;
    }
  }

  private static void requireUnchanged(LocalFile file) {
    try {
      file.requireUnchanged();
    } catch (FileSystemException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void dropUploads(SharePath target) {
    // The protocol knows none.
  }

  @Override
  public Received get(SharePath file, LocalSink sink, Meter meter) throws Refusal, IOException {
    long moved = 0;
    try (ReadableByteChannel bytes = client.get(file)) {
      ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
      for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece.clear())) {
        sink.write(piece.flip());
        moved += count;
        meter.moved(moved, OptionalLong.empty());
      }
    }
    return new Received(moved, Optional.empty());
  }

  /// Nothing: the protocol has no word for it.
  @Override
  public Optional<RemoteFile> find(SharePath file, Digest.Algorithm wanted) {
    return Optional.empty();
  }

  @Override
  public long list(SharePath folder, Consumer<Listed> entries) throws Refusal, IOException {
    if (!folder.isRoot()) {
      throw new Refusal.BadName("the classic protocol has no folders");
    }
    return client.list(file -> entries.accept(listed(file)));
  }

  private static Listed listed(SharePath file) {
    return new Listed(file, false, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public void close() {
    // Every call has closed its own connection.
  }
}
