package org.privateshare.classic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.model.Visit;
import org.privateshare.net.Wire;
import org.privateshare.share.Download;
import org.privateshare.share.Entries;
import org.privateshare.share.Share;
import org.privateshare.share.Upload;

/// One classic connection, from its request to its end, on the thread that serves it.
///
/// A refusal before `pass` is answered by `cancel`. Every failure after it leaves as an
/// `IOException`, which becomes a reset: the client must never take it for the end of the file.
final class Exchange {
  /// Bytes behind a request that a client may send without a meaning.
  private static final int STRAY_BYTES = 32;

  /// Bytes that are thrown away so that the `cancel` before them isn't lost by a reset.
  private static final int REFUSED_BYTES = 64 << 10;

  private final Wire wire;
  private final Share share;
  private final ClassicOptions options;
  private String what = "";
  private String outcome = "failed";
  private long bytes;

  /// Whether the client has ended its side of the stream.
  private boolean ended;

  Exchange(Wire wire, Share share, ClassicOptions options) {
    this.wire = wire;
    this.share = share;
    this.options = options;
  }

  /// Serves the request; when it returns, the connection may be closed.
  void run() throws IOException {
    try {
      admit();
      switch (readRequest()) {
        case ClassicRequest.Put(SharePath file) -> put(file);
        case ClassicRequest.Get(SharePath file) -> get(file);
        case ClassicRequest.Names() -> list();
      }
    } catch (Refusal refusal) {
      outcome = "refused, " + refusal.code();
      wire.write(ClassicCodec.cancel());
      end(REFUSED_BYTES);
    } catch (IOException e) {
      outcome = "failed, " + e.getMessage();
      throw e;
    }
  }

  private void admit() throws Refusal {
    if (!options.callers().admit(wire.peer().getAddress())) {
      throw new Refusal.Denied("classic is not served to this address");
    }
  }

  private ClassicRequest readRequest() throws Refusal, IOException {
    ByteBuffer message = readMessage();
    what = UTF_8.decode(message.duplicate()).toString();
    return ClassicCodec.parse(message);
  }

  /// A request ends with the client's side of the stream, by a quiet period or at its 32nd byte. Of
  /// what is there beyond, one byte is taken, to see that this was no request at all.
  private ByteBuffer readMessage() throws IOException {
    ByteBuffer message = ByteBuffer.allocate(ClassicCodec.MAX_REQUEST_BYTES + 1);
    while (!ended && message.hasRemaining()) {
      boolean whole = message.position() == ClassicCodec.MAX_REQUEST_BYTES;
      if (!wire.awaitInput(whole ? Duration.ZERO : options.quiet())) {
        break;
      }
      ended = wire.read(message) < 0;
    }
    return message.flip();
  }

  private void put(SharePath file) throws Refusal, IOException {
    if (options.readOnly()) {
      throw new Refusal.Denied("put is switched off");
    }
    if (ended) {
      // Whoever waits for `pass` can't have ended before it: this is a client that died.
      throw new Refusal.Mismatch("the client ended before the file began");
    }
    try (Upload upload = share.upload(file, OptionalLong.empty())) {
      wire.write(ClassicCodec.pass());
      receive(upload);
    }
  }

  private void receive(Upload upload) throws IOException {
    try {
      wire.receive(upload::write);
      ended = true;
      var _ = upload.finish(Optional.empty());
      outcome = "published, length not confirmed";
    } catch (Refusal refusal) {
      throw new IOException(refusal.reason(), refusal);
    } finally {
      bytes = upload.size();
    }
  }

  private void get(SharePath file) throws Refusal, IOException {
    try (Download download = share.open(file)) {
      wire.write(ClassicCodec.pass());
      // The old clients look at the code and the first bytes of the file at once if they can.
      awaitEnd(options.alone(), STRAY_BYTES);
      CountingSource source = new CountingSource(download);
      try {
        wire.send(source, 0, download.size());
      } finally {
        bytes = source.count();
      }
    }
    end(STRAY_BYTES);
    outcome = "sent";
  }

  private void list() throws Refusal, IOException {
    try (Entries entries = share.list(SharePath.ROOT)) {
      NameWriter names = new NameWriter(wire);
      for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
        names.add(entry.get());
      }
      names.flush();
      bytes = names.written();
    }
    end(STRAY_BYTES);
    outcome = "sent";
  }

  /// Says our last word and lets the client close first: closing over unread bytes would send a
  /// reset, which overtakes what was said.
  private void end(int stray) throws IOException {
    wire.shutdownOutput();
    awaitEnd(options.linger(), stray);
  }

  /// Waits for the end of the client's side, `atMost` so long, past at most `stray` bytes.
  private void awaitEnd(Duration atMost, int stray) throws IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    ByteBuffer waste = ByteBuffer.allocate(1024);
    int wasted = 0;
    while (!ended && wire.awaitInput(Duration.ofNanos(deadline - System.nanoTime()))) {
      int count = wire.read(waste.clear());
      ended = count < 0;
      wasted += Math.max(0, count);
      if (wasted > stray) {
        throw new IOException("the client sent more than its request");
      }
    }
  }

  /// What became of it, after so long.
  Visit visit(Duration time) {
    int comma = what.indexOf(',');
    return new Visit(
        "classic",
        wire.peer().getAddress(),
        Optional.empty(),
        comma < 0 ? what : what.substring(0, comma),
        comma < 0 ? "" : what.substring(comma + 1),
        OptionalInt.empty(),
        bytes,
        time,
        outcome);
  }
}
