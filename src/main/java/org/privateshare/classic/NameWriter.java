package org.privateshare.classic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.net.Wire;

/// Writes the names that classic can say to a wire, in pieces: a short list goes out whole, since
/// old clients show what one read returns; a long one never takes more memory than a piece.
final class NameWriter {
  private static final int PIECE_BYTES = 16 << 10;

  private final Wire wire;
  private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
  private long written;

  NameWriter(Wire wire) {
    this.wire = wire;
  }

  /// Adds an entry, or leaves it out where classic has no word for it.
  void add(Entry entry) throws IOException {
    if (entry instanceof Entry.File(String name, _, _) && canSay(name)) {
      piece.writeBytes((name + ClassicCodec.SEPARATOR).getBytes(UTF_8));
      if (piece.size() >= PIECE_BYTES) {
        flush();
      }
    }
  }

  private static boolean canSay(String name) {
    try {
      return ClassicCodec.name(name).name().equals(name);
    } catch (Refusal.BadName unsayable) {
      return false;
    }
  }

  /// Writes what is left.
  void flush() throws IOException {
    wire.write(ByteBuffer.wrap(piece.toByteArray()));
    written += piece.size();
    piece.reset();
  }

  /// How many bytes went out in all.
  long written() {
    return written;
  }
}
