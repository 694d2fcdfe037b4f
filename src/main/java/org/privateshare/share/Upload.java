package org.privateshare.share;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.StagedFile;

/// A file on its way in, or the part of one that a single request brings. For one thread at a time.
///
/// Bytes are written, summed and, block by block, forced while they come; [#finish] checks and
/// publishes, [#suspend] keeps what came for another request. Otherwise [#close()] leaves no trace
/// of what this object has brought. After a failure of `write` the upload can only be closed, or,
/// for want of room, suspended.
///
/// Another request may take a session over from one that has gone quiet; that one is refused then.
public final class Upload implements Closeable {
  /// The grid that an upload is thought of: block n holds the bytes from n times this on.
  public static final long BLOCK_BYTES = 32L << 20;

  /// What is shorter and was not asked to be kept is sent again sooner than found again.
  static final long LEAST_KEPT_BYTES = 1L << 20;

  private static final long LEAST_AHEAD_BYTES = 1L << 20;

  private enum State {
    OPEN,
    /// What the medium holds is uncertain, or what it holds is not wanted.
    FAILED,
    PUBLISHED,
    CLOSED
  }

  private final SharePath target;
  private final OptionalLong announced;

  /// Behind the last byte that this request may bring.
  private final long limit;

  private final long maxFile;
  private final StagedFile staged;
  private final SpaceLedger.Account account;
  private final BlockForcer forcer;

  /// What was there before this object.
  private final Run before;

  private final Optional<Session> session;

  /// What the bytes of this object sum up to.
  private final CRC32C crc = new CRC32C();

  /// Taken by the request for each call, and by one that takes over.
  private final ReentrantLock turn = new ReentrantLock();

  private State state = State.OPEN;
  private long size;
  private boolean isOnTrial;
  private volatile long lastMoved = System.nanoTime();

  /// An upload of one request, which nothing is kept of.
  Upload(
      SharePath target,
      OptionalLong announced,
      long maxFile,
      StagedFile staged,
      SpaceLedger.Account account) {
    this.target = target;
    this.announced = announced;
    this.limit = announced.orElse(Long.MAX_VALUE);
    this.maxFile = maxFile;
    this.staged = staged;
    this.account = account;
    this.session = Optional.empty();
    this.before = Run.NOTHING;
    this.forcer = new BlockForcer(staged);
  }

  /// A request of a session.
  ///
  /// @param before what it goes on with
  /// @param limit behind the last byte that it may bring
  Upload(
      Session session,
      Run before,
      long limit,
      long maxFile,
      StagedFile staged,
      SpaceLedger.Account account) {
    UploadPlan plan = session.entry().plan();
    this.target = plan.stagedFor();
    this.announced = plan.length();
    this.limit = limit;
    this.maxFile = maxFile;
    this.staged = staged;
    this.account = account;
    this.session = Optional.of(session);
    this.before = before;
    this.size = before.end();
    this.forcer = new BlockForcer(staged);
  }

  /// How many bytes of the file have been taken, by this request and those before it.
  public long size() {
    return size;
  }

  /// Whether all bytes that were announced have been taken, by whomever.
  public boolean isComplete() {
    return announced.isPresent() && whole().end() == announced.getAsLong();
  }

  /// What there is from the first byte on, with what this request has brought.
  private Run whole() {
    return session.map(known -> known.prefixWith(soFar())).orElseGet(this::soFar);
  }

  /// Whether this request may touch bytes that one for `start` to `end` would.
  boolean claims(long start, long end) {
    return before.end() < end && start < limit;
  }

  /// Lets nothing of what comes count before [#suspend] or [#finish] is called: the caller has
  /// something to check at its end.
  public void untilVerified() {
    isOnTrial = true;
  }

  /// For how long nothing has come.
  Duration quiet() {
    return Duration.ofNanos(System.nanoTime() - lastMoved);
  }

  /// Takes all remaining bytes as the file's next ones.
  ///
  /// @throws Refusal.TooLarge where the file would grow over the share's limit
  /// @throws Refusal.Mismatch where it would grow over its announced length
  /// @throws Refusal.NoSpace where the share has no room for them
  /// @throws Refusal.Busy where another request has taken over
  public void write(ByteBuffer bytes) throws Refusal, IOException {
    run(() -> take(bytes));
  }

  private void take(ByteBuffer bytes) throws Refusal, IOException {
    lastMoved = System.nanoTime();
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
        Run safe = soFar();
        forcer.blockEnded(() -> mark(safe));
      }
    }
  }

  private Run soFar() {
    return before.plus(size - before.end(), Digest.crc32c(crc.getValue()));
  }

  /// Enters what is on the medium now.
  private void mark(Run safe) throws Refusal, IOException {
    if (session.isPresent() && !isOnTrial) {
      session.get().mark(safe);
    }
  }

  private void admit(long end, long blockEnd) throws Refusal, IOException {
    if (end > maxFile) {
      throw new Refusal.TooLarge(maxFile);
    }
    if (end > limit) {
      throw new Refusal.Mismatch("more bytes came than the " + limit + " announced");
    }
    long needed = Math.min(end, blockEnd) - before.end();
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
  /// can be lost any more. Where it fails, the upload is given up with all that came before.
  ///
  /// @param digest what the sender says the bytes of the whole file sum up to; only CRC-32C is
  ///   computed on the way
  /// @throws Refusal.Mismatch where length or digest differ from what was announced
  /// @throws Refusal.Taken where the name should be new and somebody published it meanwhile
  /// @throws Refusal.Changed where it should replace something else than what is there now
  public Receipt finish(Optional<Digest> digest) throws Refusal, IOException {
    turn.lock();
    try {
      requireOpen();
      Run whole = prepare(digest);
      state = State.FAILED;
      Receipt receipt = publish(whole);
      state = State.PUBLISHED;
      return receipt;
    } finally {
      turn.unlock();
    }
  }

  /// Want of room for the journal is the one failure after which the upload may go on.
  private Run prepare(Optional<Digest> digest) throws Refusal, IOException {
    try {
      Run whole = requireWhole(digest);
      forcer.await();
      if (session.isPresent()) {
        staged.shape(whole.end(), session.get().entry().plan().modified());
        if (session.get().isLasting()) {
          staged.force();
        }
        session.get().publishing(whole);
      }
      return whole;
    } catch (IOException | Refusal.Mismatch e) {
      state = State.FAILED;
      throw e;
    }
  }

  private Run requireWhole(Optional<Digest> digest) throws Refusal.Mismatch {
    Run whole = whole();
    if (announced.isPresent() && whole.end() != announced.getAsLong()) {
      throw new Refusal.Mismatch("only " + size + " of " + announced.getAsLong() + " bytes came");
    }
    if (digest.isPresent() && !digest.get().equals(whole.digest())) {
      throw new Refusal.Mismatch(
          "the bytes that came sum up to " + whole.digest() + ", not " + digest.get());
    }
    return whole;
  }

  private Receipt publish(Run whole) throws Refusal, IOException {
    staged.keep(whole.digest());
    staged.publish();
    Receipt receipt =
        new Receipt(target, whole.end(), whole.digest(), staged.version(), staged.replaced());
    session.ifPresent(known -> known.published(receipt));
    return receipt;
  }

  /// Ends this request's part and keeps what came for the next one. What is not worth keeping, and
  /// what nobody could find again, is given up.
  ///
  /// @return where this part goes on; 0 where nothing is kept
  public long suspend() throws Refusal, IOException {
    turn.lock();
    try {
      if (state == State.OPEN) {
        isOnTrial = false;
        try {
          settle();
        } finally {
          session.filter(Session::isKept).ifPresent(Session::last);
          end(session.filter(Session::isLasting).isPresent());
        }
      }
      return session.filter(Session::isKept).isPresent() ? safe() : 0;
    } finally {
      turn.unlock();
    }
  }

  /// Ends this request's part: [#finish] where all is there now, whoever brought it, else
  /// [#suspend].
  public Optional<Receipt> end(Optional<Digest> digest) throws Refusal, IOException {
    turn.lock();
    try {
      isOnTrial = false;
      if (!isComplete()) {
        // Of two who end at once the one that is second to enter its bytes finds the whole.
        settle();
      }
      if (session.isPresent() && session.get().isFinishedBy(this, soFar())) {
        return Optional.of(finish(digest));
      }
      var _ = suspend();
      return Optional.empty();
    } finally {
      turn.unlock();
    }
  }

  /// Brings what came to the medium and into the journal, where it is worth it. Without room in the
  /// journal only what is in there already counts.
  void settle() throws Refusal, IOException {
    if (session.isEmpty() || isOnTrial || !isWorthKeeping(session.get())) {
      return;
    }
    run(this::bringToMedium);
  }

  private void bringToMedium() throws Refusal, IOException {
    forcer.await();
    try {
      if (size > before.end() && size > safe()) {
        staged.force();
        mark(soFar());
      }
    } catch (Refusal.NoSpace e) {
      // The journal is where it was.
    }
  }

  private long safe() {
    return session.map(known -> known.safeEnd(before.start())).orElse(0L);
  }

  private boolean isWorthKeeping(Session known) {
    return known.isLasting() || known.isKept() || size >= LEAST_KEPT_BYTES;
  }

  /// Ends this request's part so that another may go on.
  void depose() throws Refusal, IOException {
    if (isOnTrial) {
      close();
    } else {
      var _ = suspend();
    }
  }

  private interface Step {
    void run() throws Refusal, IOException;
  }

  private void run(Step step) throws Refusal, IOException {
    turn.lock();
    try {
      requireOpen();
      step.run();
    } catch (IOException e) {
      state = State.FAILED;
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private void requireOpen() throws Refusal.Busy {
    if (state != State.OPEN) {
      throw new Refusal.Busy("another connection goes on with this upload, or it has ended");
    }
  }

  /// Ends this object; what was not finished or suspended is gone, as far as it was not entered in
  /// the journal of a session that was asked for. Idempotent.
  @Override
  public void close() {
    turn.lock();
    try {
      end(session.filter(Session::isLasting).isPresent());
    } finally {
      turn.unlock();
    }
  }

  private void end(boolean keeps) {
    if (state == State.CLOSED) {
      return;
    }
    boolean failed = forcer.settle().filter(IOException.class::isInstance).isPresent();
    if (keeps && state == State.OPEN && !failed) {
      staged.release();
    } else {
      staged.close();
      if (state != State.PUBLISHED) {
        session.ifPresent(Upload::drop);
      }
    }
    account.close();
    session.ifPresent(known -> known.leave(this));
    state = State.CLOSED;
  }

  private static void drop(Session session) {
    try {
      session.drop();
    } catch (IOException e) {
      // The next start finds an entry without bytes, and drops it.
    }
  }
}
