package org.privateshare.classic;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Takes a classic list apart while it comes, in whatever pieces, holding one name at a time.
final class NameReader {
  private static final byte COMMA = ',';
  private static final byte SPACE = ' ';

  private final Consumer<SharePath> names;
  private final ByteBuffer name = ByteBuffer.allocate(SharePath.MAX_BYTES);
  private long leftOut;

  NameReader(Consumer<SharePath> names) {
    this.names = names;
  }

  /// Takes all remaining bytes.
  ///
  /// @throws IOException where a name has no end
  void feed(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == SPACE && name.position() > 0 && name.get(name.position() - 1) == COMMA) {
        pass(name.position(name.position() - 1).flip());
        name.clear();
      } else if (name.hasRemaining()) {
        name.put(next);
      } else {
        throw new IOException("the server's list has a name without an end");
      }
    }
  }

  private void pass(ByteBuffer bytes) {
    try {
      SharePath path = SharePath.parse(ClassicCodec.decode(bytes));
      if (path.segments().size() == 1) {
        names.accept(path);
        return;
      }
    } catch (Refusal.BadName hostile) {
      // Counted below with the rest.
    }
    leftOut++;
  }

  /// Says that the stream has ended; returns how many names were no names.
  ///
  /// @throws EOFException where it ended within a name
  long finish() throws EOFException {
    if (name.position() > 0) {
      throw new EOFException("the server's list breaks off");
    }
    return leftOut;
  }
}
