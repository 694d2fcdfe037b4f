package org.privateshare.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;

/// One version of a small file with all its bytes in memory: nothing is open, so there is nothing
/// to close.
final class SmallFile implements StoredFile {
  private final FolderFile facts;
  private final ByteBuffer bytes;

  private SmallFile(FolderFile facts, ByteBuffer bytes) {
    this.facts = facts;
    this.bytes = bytes;
  }

  /// Reads the whole of a small file. The file stays open.
  ///
  /// @throws EOFException where it was cut since it was opened
  static SmallFile of(FolderFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
    while (bytes.hasRemaining()) {
      if (file.read(bytes, bytes.position()) < 0) {
        throw new EOFException("the file was cut while it was read");
      }
    }
    return new SmallFile(file, bytes.flip().asReadOnlyBuffer());
  }

  @Override
  public Optional<ByteBuffer> bytes() {
    return Optional.of(bytes.duplicate());
  }

  @Override
  public long size() {
    return facts.size();
  }

  @Override
  public Instant modified() {
    return facts.modified();
  }

  @Override
  public String version() {
    return facts.version();
  }

  @Override
  public Optional<Digest> digest() {
    return facts.digest();
  }

  @Override
  public int read(ByteBuffer into, long position) {
    if (position >= bytes.limit()) {
      return -1;
    }
    int count = (int) Math.min(into.remaining(), bytes.limit() - position);
    into.put(bytes.slice((int) position, count));
    return count;
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return position >= bytes.limit()
        ? 0
        : target.write(
            bytes.slice((int) position, (int) Math.min(count, bytes.limit() - position)));
  }

  @Override
  public void close() {}
}
