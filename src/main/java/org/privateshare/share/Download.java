package org.privateshare.share;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.store.StoredFile;

/// A file on its way out: one version of it, pinned. What doors hold of a [StoredFile], so that
/// they need not know the store.
public final class Download implements StoredFile {
  private final StoredFile file;

  Download(StoredFile file) {
    this.file = file;
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public Instant modified() {
    return file.modified();
  }

  @Override
  public String version() {
    return file.version();
  }

  @Override
  public Optional<Digest> digest() {
    return file.digest();
  }

  /// The CRC-32C of the file: as it was noted when the bytes came, else it is read for it.
  ///
  /// @throws IOException where it has to be read and can't be
  public Digest crc32c() throws IOException {
    Optional<Digest> noted = digest().filter(known -> known.algorithm() == Digest.Algorithm.CRC32C);
    return noted.isPresent() ? noted.get() : sum(Digest.Algorithm.CRC32C);
  }

  /// Reads the whole file and sums it up, in constant memory.
  ///
  /// @throws IOException also where the file was cut since it was opened
  public Digest sum(Digest.Algorithm algorithm) throws IOException {
    return FileSum.of(file, algorithm);
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return file.read(into, position);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return file.transferTo(position, count, target);
  }

  @Override
  public Optional<ByteBuffer> bytes() {
    return file.bytes();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
