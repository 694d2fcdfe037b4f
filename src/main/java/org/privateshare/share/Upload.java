package org.privateshare.share;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.StagedFile;

/// A file on its way in, from its first byte to its [Receipt]. For one thread at a time.
///
/// Bytes are written, summed and, block by block, forced while they come; [#finish] checks and
/// publishes. Whatever else happens, [#close()] leaves no trace. After a failure of `write` the
/// upload can only be closed.
public final class Upload implements Closeable {
  /// The grid that an upload is thought of: block n holds the bytes from n times this on.
  public static final long BLOCK_BYTES = 32L << 20;

  private static final long LEAST_AHEAD_BYTES = 1L << 20;

  private final SharePath target;
  private final OptionalLong announced;
  private final long maxFile;
  private final StagedFile staged;
  private final SpaceLedger.Account account;
  private final BlockForcer forcer;
  private final CRC32C crc = new CRC32C();
  private long size;

  Upload(
      SharePath target,
      OptionalLong announced,
      long maxFile,
      StagedFile staged,
      SpaceLedger.Account account) {
    this.target = target;
    this.announced = announced;
    this.maxFile = maxFile;
    this.staged = staged;
    this.account = account;
    this.forcer = new BlockForcer(staged);
  }

  /// How many bytes have been taken.
  public long size() {
    return size;
  }

  /// Takes all remaining bytes as the file's next ones.
  ///
  /// @throws Refusal.TooLarge where the file would grow over the share's limit
  /// @throws Refusal.Mismatch where it would grow over its announced length
  /// @throws Refusal.NoSpace where the share has no room for them
  public void write(ByteBuffer bytes) throws Refusal, IOException {
    while (bytes.hasRemaining()) {
      long blockEnd = (size / BLOCK_BYTES + 1) * BLOCK_BYTES;
      int count = (int) Math.min(bytes.remaining(), blockEnd - size);
      admit(size + bytes.remaining(), blockEnd);
      ByteBuffer piece = bytes.slice(bytes.position(), count);
      crc.update(piece.duplicate());
      staged.write(piece, size);
      account.spent(count);
      bytes.position(bytes.position() + count);
      size += count;
      if (size == blockEnd) {
        forcer.blockEnded();
      }
    }
  }

  private void admit(long end, long blockEnd) throws Refusal, IOException {
    if (end > maxFile) {
      throw new Refusal.TooLarge(maxFile);
    }
    if (announced.isPresent() && end > announced.getAsLong()) {
      throw new Refusal.Mismatch(
          "more bytes came than the " + announced.getAsLong() + " announced");
    }
    long needed = Math.min(end, blockEnd);
    if (!account.covers(needed)) {
      // Ahead of need, so that the medium is asked once in a while only, but no more than has come
      // already, so that many small uploads don't lock a medium up; near the floor only what has
      // come, so that the last bytes that fit do fit.
      long ahead = Math.clamp(size, LEAST_AHEAD_BYTES, BLOCK_BYTES);
      try {
        account.cover(needed + ahead);
      } catch (Refusal.NoSpace tight) {
        account.cover(needed);
      }
    }
  }

  /// Checks the length and the digest, publishes the file under its name and returns once nothing
  /// can be lost any more.
  ///
  /// @param digest what the sender says the bytes sum up to; only CRC-32C is computed on the way
  /// @throws Refusal.Mismatch where length or digest differ from what was announced
  /// @throws Refusal.Taken where the name should be new and somebody published it meanwhile
  /// @throws Refusal.Changed where it should replace something else than what is there now
  public Receipt finish(Optional<Digest> digest) throws Refusal, IOException {
    if (announced.isPresent() && size != announced.getAsLong()) {
      throw new Refusal.Mismatch("only " + size + " of " + announced.getAsLong() + " bytes came");
    }
    Digest actual = Digest.crc32c(crc.getValue());
    if (digest.isPresent() && !digest.get().equals(actual)) {
      throw new Refusal.Mismatch(
          "the bytes that came sum up to " + actual + ", not " + digest.get());
    }
    forcer.await();
    staged.keep(actual);
    staged.publish();
    return new Receipt(target, size, actual, staged.version(), staged.replaced());
  }

  /// Ends the upload; what was not published is gone. Idempotent.
  @Override
  public void close() {
    // A failed force needs no word here: nothing of this file is going to be kept.
    var _ = forcer.settle();
    staged.close();
    account.close();
  }
}
