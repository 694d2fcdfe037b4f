package org.privateshare.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a server sends, as lines and as bytes. Bytes that came along with a line wait here; the
/// rest goes straight from the pipe into the reader's buffer.
final class Inbox {
  private final Pipe pipe;

  /// What has come and was not asked for yet, between position and limit.
  private final ByteBuffer bytes = ByteBuffer.allocate(ResponseHead.BYTES).limit(0);

  /// As much of a line as has come.
  private final StringBuilder line = new StringBuilder();

  Inbox(Pipe pipe) {
    this.pipe = pipe;
  }

  /// Reads lines up to an empty one, which is not returned: at most [ResponseHead#BYTES] bytes.
  ///
  /// @param limit for all of them, from the first byte on
  /// @throws EOFException where the server ends before
  List<String> block(Duration limit) throws IOException {
    if (!bytes.hasRemaining()) {
      fill();
    }
    var deadline = Deadline.in(limit);
    var lines = new ArrayList<String>();
    int budget = ResponseHead.BYTES;
    while (true) {
      String line = line(budget, deadline);
      if (line.isEmpty()) {
        return lines;
      }
      budget -= line.length() + 2;
      lines.add(line);
    }
  }

  /// Reads one line of ISO 8859-1 text of at most `most` bytes, which ends in CR LF.
  String line(int most, Deadline deadline) throws IOException {
    while (!goOn(most)) {
      deadline.check("the server drips");
      fill();
    }
    return takeLine();
  }

  /// As [#line], without waiting: empty where the line isn't whole yet; what there is of it counts
  /// for the next call.
  Optional<String> lineNow(int most) throws IOException {
    while (!goOn(most)) {
      if (!pipe.speaks(Duration.ZERO)) {
        return Optional.empty();
      }
      fill();
    }
    return Optional.of(takeLine());
  }

  /// Whether there is a byte, or the server's end, without waiting.
  boolean isReady() throws IOException {
    return bytes.hasRemaining() || pipe.speaks(Duration.ZERO);
  }

  /// Takes bytes into the line; returns whether it is whole.
  private boolean goOn(int most) throws ProtocolFault {
    while (bytes.hasRemaining()) {
      char c = (char) (bytes.get() & 0xff);
      if (c == '\n') {
        return true;
      }
      line.append(c);
      if (line.length() >= most) {
        throw new ProtocolFault("a head of more than " + ResponseHead.BYTES / 1024 + " KiB");
      }
    }
    return false;
  }

  private String takeLine() throws ProtocolFault {
    int last = line.length() - 1;
    if (last < 0 || line.charAt(last) != '\r') {
      throw new ProtocolFault("a line that ends in a bare line feed");
    }
    line.setLength(last);
    if (!line.chars().allMatch(Grammar::isText)) {
      throw new ProtocolFault("control characters in a line");
    }
    String taken = line.toString();
    line.setLength(0);
    return taken;
  }

  /// Reads at least one byte of the next `most`. Returns how many, or -1 at the server's end.
  int read(ByteBuffer into, long most) throws IOException {
    int limit = into.limit();
    into.limit(into.position() + (int) Math.min(into.remaining(), most));
    try {
      if (!bytes.hasRemaining()) {
        return pipe.read(into);
      }
      int count = Math.min(bytes.remaining(), into.remaining());
      into.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      return count;
    } finally {
      into.limit(limit);
    }
  }

  /// Whether nothing has come that nobody has asked for.
  boolean isEmpty() {
    return !bytes.hasRemaining();
  }

  private void fill() throws IOException {
    bytes.clear();
    int count;
    try {
      count = pipe.read(bytes);
    } finally {
      bytes.flip();
    }
    if (count < 0) {
      throw new EOFException("the server ended in the middle of an answer");
    }
  }
}
