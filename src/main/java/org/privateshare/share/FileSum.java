package org.privateshare.share;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.privateshare.model.Digest;
import org.privateshare.store.StoredFile;

/// Sums up a file that is there, reading all of it. CRC-32C runs at the speed of memory, SHA-256 at
/// a fraction of it: the latter is for those who ask.
final class FileSum {
  private static final int PIECE_BYTES = 1 << 16;

  private interface Taker {
    void take(ByteBuffer piece);
  }

  private FileSum() {}

  static Digest of(StoredFile file, Digest.Algorithm algorithm) throws IOException {
    return switch (algorithm) {
      case CRC32C -> {
        CRC32C sum = new CRC32C();
        read(file, sum::update);
        yield Digest.crc32c(sum.getValue());
      }
      case SHA_256 -> {
        MessageDigest sum = sha256();
        read(file, sum::update);
        yield new Digest(Digest.Algorithm.SHA_256, HexFormat.of().formatHex(sum.digest()));
      }
    };
  }

  private static void read(StoredFile file, Taker taker) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    long size = file.size();
    for (long at = 0; at < size; at += piece.limit()) {
      piece.clear().limit((int) Math.min(PIECE_BYTES, size - at));
      if (file.read(piece, at) < 0) {
        throw new EOFException("the file was cut while it was read");
      }
      taker.take(piece.flip());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
