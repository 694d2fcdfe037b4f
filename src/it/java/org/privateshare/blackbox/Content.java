package org.privateshare.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The bytes of a test file, which follow from a seed and a size, so that any piece can be made or
/// checked at any time without keeping the file.
///
/// The file is a row of little-endian 64-bit words: the seed, the size, then SplitMix64's answers
/// to the word's index; the last one may be cut. So a file of 16 bytes or more says itself what it
/// should be: a reader can tell a whole file from a part or a mixture of two without a journal.
///
/// @param size in bytes
record Content(long seed, long size) {
  /// How many bytes [#claimed] needs.
  static final int CLAIM_BYTES = 16;

  private static final int PIECE_BYTES = 1 << 16;

  /// What a file that begins with these 16 bytes says that it is.
  static Content claimed(byte[] beginning) {
    ByteBuffer words = ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN);
    return new Content(words.getLong(), words.getLong());
  }

  /// Up to 64 KiB from `position` on, none at the end; `position` is a multiple of 8.
  byte[] piece(long position) {
    int count = (int) Math.min(PIECE_BYTES, size - position);
    return bytes(position, count);
  }

  /// Whether `count` bytes of `actual` are the ones at `position`, within the size.
  boolean matches(byte[] actual, int count, long position) {
    if (position + count > size) {
      return false;
    }
    int skew = (int) (position % Long.BYTES);
    byte[] expected = bytes(position - skew, count + skew);
    return ByteBuffer.wrap(actual, 0, count).equals(ByteBuffer.wrap(expected, skew, count));
  }

  /// Whether the file holds these bytes and no others.
  boolean isIn(Path file) throws IOException {
    return beginsIn(file, size);
  }

  /// Whether the file holds the first `length` of these bytes and no others.
  boolean beginsIn(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() != length) {
        return false;
      }
      ByteBuffer buffer = ByteBuffer.allocate(PIECE_BYTES);
      for (long at = 0; at < length; at += buffer.position()) {
        int read = channel.read(buffer.clear(), at);
        if (read <= 0 || !matches(buffer.array(), read, at)) {
          return false;
        }
      }
      return true;
    }
  }

  /// The bytes from one position to before another.
  InputStream stream(long from, long to) {
    return new InputStream() {
      private long at = from;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        if (at == to) {
          return -1;
        }
        int skew = (int) (at % Long.BYTES);
        byte[] piece = piece(at - skew);
        int count = (int) Math.min(Math.min(piece.length - skew, length), to - at);
        System.arraycopy(piece, skew, into, offset, count);
        at += count;
        return count;
      }
    };
  }

  /// Writes the file as any other program would.
  void writeTo(Path file) throws IOException {
    try (var out = java.nio.file.Files.newOutputStream(file)) {
      for (long at = 0; at < size; at += PIECE_BYTES) {
        out.write(piece(at));
      }
    }
  }

  private byte[] bytes(long position, int count) {
    ByteBuffer words =
        ByteBuffer.allocate((count + Long.BYTES - 1) & -Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long index = position / Long.BYTES;
    while (words.hasRemaining()) {
      words.putLong(word(index++));
    }
    return words.array().length == count
        ? words.array()
        : java.util.Arrays.copyOf(words.array(), count);
  }

  private long word(long index) {
    if (index < 2) {
      return index == 0 ? seed : size;
    }
    long z = seed + index * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
