package org.privateshare.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the bytes and the end of a body, by its [Framing]. An end that comes too early is a
/// failure, never an end.
abstract sealed class ResponseBody {
  /// Reads at least one byte into `into`, which has room for one. Returns how many, or -1 at the
  /// end.
  abstract int read(ByteBuffer into) throws IOException;

  /// Whether [#read] has a byte, the end or a failure to tell of without waiting.
  abstract boolean isReady() throws IOException;

  /// How many bytes the body has, or -1 where that is not known beforehand.
  abstract long length();

  static ResponseBody of(Framing framing, Inbox inbox, Duration idle) {
    return switch (framing.kind()) {
      case NONE -> new Fixed(inbox, 0);
      case LENGTH -> new Fixed(inbox, framing.length());
      case CHUNKED -> new Chunks(inbox, idle);
      case UNTIL_CLOSE -> new Rest(inbox);
    };
  }

  /// As many bytes as announced.
  private static final class Fixed extends ResponseBody {
    private final Inbox inbox;
    private final long length;
    private long left;

    Fixed(Inbox inbox, long length) {
      this.inbox = inbox;
      this.length = length;
      this.left = length;
    }

    @Override
    int read(ByteBuffer into) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = inbox.read(into, left);
      if (count < 0) {
        throw new EOFException("the server ended " + left + " bytes too early");
      }
      left -= count;
      return count;
    }

    @Override
    boolean isReady() throws IOException {
      return left == 0 || inbox.isReady();
    }

    @Override
    long length() {
      return length;
    }
  }

  /// Chunks (RFC 9112 section 7.1). Extensions and trailers are checked and ignored.
  private static final class Chunks extends ResponseBody {
    private static final int LINE = 4096;

    private static final Pattern CHUNK =
        Pattern.compile(
            "([0-9A-Fa-f]{1,15})(?:[\\t ]*+;[\\t ]*+[!#-'*+.^-z|~0-9A-Z-]++"
                + "(?:[\\t ]*+=[\\t ]*+(?:[!#-'*+.^-z|~0-9A-Z-]++"
                + "|\"(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\[\\t -~\\x80-\\xff])*+\"))?+)*+");

    private final Inbox inbox;
    private final Duration idle;
    private long left;

    /// Whether the end of the line behind a chunk has still to come.
    private boolean behindChunk;

    private boolean ended;

    Chunks(Inbox inbox, Duration idle) {
      this.inbox = inbox;
      this.idle = idle;
    }

    @Override
    int read(ByteBuffer into) throws IOException {
      if (left == 0 && !ended) {
        nextChunk();
      }
      if (ended) {
        return -1;
      }
      int count = inbox.read(into, left);
      if (count < 0) {
        throw new EOFException("the server ended in the middle of a chunk");
      }
      left -= count;
      return count;
    }

    private void nextChunk() throws IOException {
      var deadline = Deadline.in(idle);
      while (left == 0 && !ended) {
        accept(inbox.line(LINE, deadline));
      }
    }

    /// The end of a chunk's line may come with the next chunk, and that may wait for more of the
    /// request: so lines are taken as far as they are there.
    @Override
    boolean isReady() throws IOException {
      while (left == 0 && !ended) {
        Optional<String> line = inbox.lineNow(LINE);
        if (line.isEmpty()) {
          return false;
        }
        accept(line.get());
      }
      return ended || inbox.isReady();
    }

    private void accept(String line) throws IOException {
      if (behindChunk) {
        behindChunk = false;
        if (!line.isEmpty()) {
          throw new ProtocolFault("a chunk longer than it said");
        }
        return;
      }
      Matcher chunk = CHUNK.matcher(line);
      if (!chunk.matches()) {
        throw new ProtocolFault("not the size of a chunk");
      }
      left = Long.parseLong(chunk.group(1), 16);
      behindChunk = true;
      if (left == 0) {
        var _ = ResponseHead.fields(inbox.block(idle));
        ended = true;
      }
    }

    @Override
    long length() {
      return -1;
    }
  }

  /// All until the server closes. Through TLS nobody else can make that end; in clear anyone on the
  /// way can, and a digest has to tell.
  private static final class Rest extends ResponseBody {
    private final Inbox inbox;

    Rest(Inbox inbox) {
      this.inbox = inbox;
    }

    @Override
    int read(ByteBuffer into) throws IOException {
      return inbox.read(into, Long.MAX_VALUE);
    }

    @Override
    boolean isReady() throws IOException {
      return inbox.isReady();
    }

    @Override
    long length() {
      return -1;
    }
  }
}
