package org.privateshare.share;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.StagedFile;

/// A file of known length on its way in as one of a [Batch]. For one thread. After a failure of any
/// call it can only be closed; the others of its batch go on.
public final class BatchMember implements Closeable {
  private final SharePath target;
  private final long length;
  private final Optional<Instant> modified;
  private final StagedFile staged;
  private final BlockForcer forcer;
  private final CRC32C crc = new CRC32C();
  private long size;
  private boolean isSealed;

  BatchMember(SharePath target, long length, Optional<Instant> modified, StagedFile staged) {
    this.target = target;
    this.length = length;
    this.modified = modified;
    this.staged = staged;
    this.forcer = new BlockForcer(staged);
  }

  /// Takes all remaining bytes as the file's next ones.
  ///
  /// @throws Refusal.Mismatch where it would grow over its announced length
  /// @throws Refusal.NoSpace where the medium is full
  public void write(ByteBuffer bytes) throws Refusal, IOException {
    if (size + bytes.remaining() > length) {
      throw new Refusal.Mismatch("more bytes came than the " + length + " announced");
    }
    while (bytes.hasRemaining()) {
      long blockEnd = (size / Upload.BLOCK_BYTES + 1) * Upload.BLOCK_BYTES;
      int count = (int) Math.min(bytes.remaining(), blockEnd - size);
      ByteBuffer piece = bytes.slice(bytes.position(), count);
      crc.update(piece.duplicate());
      staged.write(piece, size);
      bytes.position(bytes.position() + count);
      size += count;
      if (size == blockEnd) {
        forcer.blockEnded(() -> {});
      }
    }
  }

  /// Says that all has come: from now on the file takes part when the batch is committed.
  ///
  /// @param said what the sender says that the bytes sum up to; other sums than CRC-32C are not
  ///   looked at
  /// @throws Refusal.Mismatch where length or sum differ from what came
  public void seal(Optional<Digest> said) throws Refusal, IOException {
    if (size != length) {
      throw new Refusal.Mismatch("only " + size + " of " + length + " bytes came");
    }
    Digest sum = digest();
    if (said.filter(one -> one.algorithm() == Digest.Algorithm.CRC32C).isPresent()
        && !said.get().equals(sum)) {
      throw new Refusal.Mismatch("the bytes that came sum up to " + sum + ", not " + said.get());
    }
    forcer.await();
    if (modified.isPresent()) {
      staged.shape(size, modified);
    }
    staged.keep(sum);
    isSealed = true;
  }

  boolean isSealed() {
    return isSealed;
  }

  SharePath target() {
    return target;
  }

  long size() {
    return size;
  }

  Digest digest() {
    return Digest.crc32c(crc.getValue());
  }

  StagedFile staged() {
    return staged;
  }

  BatchResult.Stored stored() {
    return new BatchResult.Stored(target, size, digest(), staged.replaced());
  }

  /// Discards what was not published. Idempotent.
  @Override
  public void close() {
    var _ = forcer.settle();
    staged.close();
  }
}
