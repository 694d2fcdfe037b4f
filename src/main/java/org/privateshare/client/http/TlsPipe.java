package org.privateshare.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// A [Pipe] through TLS.
///
/// Several records go into one system call, both ways, and are decrypted straight into the caller's
/// buffer where it has room for a whole one; with direct buffers and Conscrypt the bytes never
/// touch the Java heap. An end without the server's `close_notify` is a failure: anyone on the way
/// can make it.
final class TlsPipe implements Pipe {
  /// The most that one system call moves, and the room that is kept for one more record.
  private static final int BATCH = 128 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /// How many records without a byte of data are put up with in a row: tickets, key updates.
  private static final int IDLE_RECORDS = 64;

  private final TimedChannel channel;
  private final SSLEngine engine;
  private final Duration idle;

  /// All three hold what is still to be taken out between position and limit.
  private final ByteBuffer sealed;

  private final ByteBuffer arrived;
  private final ByteBuffer opened;

  private boolean heardTls;
  private boolean ended;
  private int idleRecords;

  private TlsPipe(TimedChannel channel, SSLEngine engine, boolean direct, Duration idle) {
    this.channel = channel;
    this.engine = engine;
    this.idle = idle;
    int record = engine.getSession().getPacketBufferSize();
    sealed = empty(BATCH + 2 * record, direct);
    arrived = empty(BATCH + record, direct);
    opened = empty(engine.getSession().getApplicationBufferSize(), direct);
  }

  private static ByteBuffer empty(int capacity, boolean direct) {
    var buffer = direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
    return buffer.limit(0);
  }

  /// Shakes hands. The channel is closed where that fails, and by the pipe's [#close].
  ///
  /// @throws UntrustedServer where the server is not whom we look for
  static TlsPipe open(TimedChannel channel, SSLEngine engine, boolean direct, Deadlines limits)
      throws IOException {
    var pipe = new TlsPipe(channel, engine, direct, limits.idle());
    try {
      pipe.shakeHands(Deadline.in(limits.handshake()));
      return pipe;
    } catch (IOException e) {
      pipe.close();
      throw untrusted(e);
    }
  }

  private static IOException untrusted(IOException failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TrustCheck.Failed failed) {
        return failed.unwrapped();
      }
    }
    return failure;
  }

  private void shakeHands(Deadline deadline) throws IOException {
    engine.beginHandshake();
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_WRAP -> {
          sealMore(NOTHING);
          channel.write(sealed, deadline);
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (openOne() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            receiveInHandshake(deadline);
          }
          if (ended) {
            throw new EOFException("the server ended the handshake");
          }
        }
        case NEED_TASK -> runTasks();
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  /// The first byte of all tells TLS from everything else, and so does a server that hangs up on a
  /// first message which every TLS server would at least have answered with an alert.
  private void receiveInHandshake(Deadline deadline) throws IOException {
    if (heardTls) {
      receive(deadline);
      return;
    }
    try {
      receive(deadline);
    } catch (EOFException | SocketException e) {
      throw new NotTls(e);
    }
    NotTls.require(arrived.get(arrived.position()));
    heardTls = true;
  }

  @Override
  public Optional<Security> security() {
    SSLSession session = engine.getSession();
    return Optional.of(new Security(session.getProtocol(), session.getCipherSuite()));
  }

  /// What the server has shown.
  Certificate certificate() throws SSLException {
    return engine.getSession().getPeerCertificates()[0];
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int before = into.position();
    while (true) {
      if (opened.hasRemaining()) {
        move(opened, into);
      } else if (!ended) {
        openAndReply(into);
      }
      if (into.position() > before) {
        return into.position() - before;
      }
      if (ended) {
        return -1;
      }
      if (!opened.hasRemaining()) {
        receive(Deadline.in(idle));
      }
    }
  }

  @Override
  public boolean write(ByteBuffer from) throws IOException {
    while (true) {
      while (sealed.hasRemaining()) {
        if (channel.writeNow(sealed) == 0 && channel.awaitTurn(Deadline.in(idle)) && heard()) {
          return false;
        }
      }
      if (!from.hasRemaining()) {
        return true;
      }
      sealMore(from);
    }
  }

  @Override
  public boolean speaks(Duration patience) throws IOException {
    var deadline = Deadline.in(patience);
    boolean speaks = heard();
    while (!speaks) {
      long left = deadline.nanos() - System.nanoTime();
      if (!channel.readable(Duration.ofNanos(Math.max(0, left)))) {
        return false;
      }
      speaks = heard();
    }
    return true;
  }

  /// What is left of a write that the server's answer has interrupted stays where it is: the server
  /// may never take it.
  private void openAndReply(ByteBuffer into) throws IOException {
    boolean interrupted = sealed.hasRemaining();
    openAll(into);
    if (!interrupted && sealed.hasRemaining()) {
      var _ = channel.writeNow(sealed);
    }
  }

  /// Takes in what has arrived and returns whether there is anything in it for the caller. What TLS
  /// answers to it stays in [#sealed] for the next write.
  private boolean heard() throws IOException {
    if (opened.hasRemaining() || ended) {
      return true;
    }
    arrived.compact();
    int count = channel.readNow(arrived);
    arrived.flip();
    openAll(NOTHING);
    if (count < 0 && !opened.hasRemaining() && !ended) {
      throw cutOff();
    }
    return opened.hasRemaining() || ended;
  }

  private void receive(Deadline deadline) throws IOException {
    arrived.compact();
    int count = channel.read(arrived, deadline);
    arrived.flip();
    if (count < 0) {
      throw cutOff();
    }
  }

  private static EOFException cutOff() {
    return new EOFException("the connection was cut off");
  }

  /// Opens every whole record that has arrived while `into` has room for one, or one into [#opened]
  /// where it has none.
  private void openAll(ByteBuffer into) throws IOException {
    int before = into.position();
    boolean more = true;
    while (more && !ended && !opened.hasRemaining()) {
      boolean roomy = into.remaining() >= opened.capacity();
      if (!roomy && into.position() > before) {
        return;
      }
      more = (roomy ? openOne(into) : openOne()) == SSLEngineResult.Status.OK;
      settle();
    }
  }

  /// Opens one record into [#opened], which is empty.
  private SSLEngineResult.Status openOne() throws SSLException {
    opened.clear();
    try {
      return openOne(opened);
    } finally {
      opened.flip();
    }
  }

  /// Opens one record into `into`, which has room for it.
  private SSLEngineResult.Status openOne(ByteBuffer into) throws SSLException {
    SSLEngineResult result = engine.unwrap(arrived, into);
    idleRecords =
        result.bytesProduced() > 0 ? 0 : idleRecords + Math.min(1, result.bytesConsumed());
    return switch (result.getStatus()) {
      case OK, BUFFER_UNDERFLOW -> result.getStatus();
      case BUFFER_OVERFLOW -> throw new SSLException("a record longer than TLS allows");
      case CLOSED -> {
        ended = true;
        yield SSLEngineResult.Status.CLOSED;
      }
    };
  }

  /// Does what TLS wants after a record that was not (only) data: a ticket, a new key.
  private void settle() throws SSLException {
    if (idleRecords > IDLE_RECORDS) {
      throw new SSLException("the server sends records without data");
    }
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status == HandshakeStatus.NEED_TASK || (status == HandshakeStatus.NEED_WRAP && !ended)) {
      if (status == HandshakeStatus.NEED_TASK) {
        runTasks();
      } else {
        sealMore(NOTHING);
      }
      status = engine.getHandshakeStatus();
    }
  }

  /// Adds records with the bytes of `from` while there is room for a batch, at least one record.
  private void sealMore(ByteBuffer from) throws SSLException {
    int record = engine.getSession().getPacketBufferSize();
    sealed.compact();
    try {
      do {
        SSLEngineResult result = engine.wrap(from, sealed);
        if (result.getStatus() != SSLEngineResult.Status.OK) {
          throw new SSLException("nothing more can be sent: " + result.getStatus());
        }
      } while (from.hasRemaining() && sealed.remaining() >= 2 * record);
    } finally {
      sealed.flip();
    }
  }

  private void runTasks() {
    Runnable task = engine.getDelegatedTask();
    while (task != null) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  private static void move(ByteBuffer from, ByteBuffer into) {
    int count = Math.min(from.remaining(), into.remaining());
    into.put(into.position(), from, from.position(), count);
    into.position(into.position() + count);
    from.position(from.position() + count);
  }

  /// Says goodbye as far as that takes no time, and closes. Where a write was left in the middle
  /// the connection just ends.
  @Override
  public Duration roundTrip() {
    return channel.roundTrip();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (!sealed.hasRemaining()) {
        engine.closeOutbound();
        sealed.clear();
        var _ = engine.wrap(NOTHING, sealed);
        var _ = channel.writeNow(sealed.flip());
      }
    } catch (IOException e) {
      // Nobody is left to say goodbye to.
    }
  }
}
