package org.privateshare.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.Share;

/// Group commit: while one round is brought to the medium on a thread of its own, the next one
/// gathers. Whoever stages calls [#begin] for each member, fills the round that it gets, and then
/// [#end]; all on one thread.
final class Rounds implements Closeable {
  private final Share share;
  private final boolean replaces;
  private final LineWriter lines;
  private final UnpackTally tally = new UnpackTally();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<Round> gathering;
  private Optional<Round> committing = Optional.empty();

  /// Whether a member of it is being filled in, so that it has to wait.
  private boolean isOpen;

  private boolean isRunning;
  private boolean isIdle;
  private boolean isOver;
  private Optional<IOException> failure = Optional.empty();
  private Optional<Refusal> refusal = Optional.empty();

  /// Rounds that publish in the share and add their lines to `lines`.
  ///
  /// @throws Refusal where the share takes nothing
  Rounds(Share share, boolean replaces, LineWriter lines) throws Refusal {
    this.share = share;
    this.replaces = replaces;
    this.lines = lines;
    this.gathering = Optional.of(new Round(share.batch(replaces)));
  }

  /// What became of the members whose lines have been added. Not while anything runs.
  UnpackTally tally() {
    return tally;
  }

  /// The round for the next member, with room for it.
  ///
  /// @param isAlone whether the member needs a round of its own
  /// @throws Refusal where an earlier round has found no more room
  /// @throws IOException where the medium or the caller's connection failed in an earlier round
  Round begin(boolean isAlone) throws Refusal, IOException {
    lock.lock();
    try {
      start();
      while (isSound() && gathering.isPresent() && isDue(gathering.get(), isAlone)) {
        changed.awaitUninterruptibly();
      }
      requireSound();
      if (gathering.isEmpty()) {
        gathering = Optional.of(new Round(share.batch(replaces)));
      }
      if (isAlone) {
        gathering.get().admitOne();
      }
      isOpen = true;
      return gathering.get();
    } finally {
      lock.unlock();
    }
  }

  /// Whether a round has to go before another member comes: also where nobody has anything to do.
  private boolean isDue(Round round, boolean isAlone) {
    return !round.isEmpty() && (isIdle || isAlone || round.isFull());
  }

  private void start() {
    if (!isRunning && isSound()) {
      isRunning = true;
      isIdle = true;
      Thread.ofVirtual().name("group commit").start(this::commitAll);
    }
  }

  /// Returns when all that was staged has been committed.
  ///
  /// @throws Refusal where a round has found no more room
  /// @throws IOException where the medium or the caller's connection failed
  void settle() throws Refusal, IOException {
    lock.lock();
    try {
      while (isSound() && isRunning && !(isIdle && gathering.isEmpty())) {
        changed.awaitUninterruptibly();
      }
      requireSound();
    } finally {
      lock.unlock();
    }
  }

  /// Whether a file that is staged and not yet published has that name or a twin of it.
  boolean mayHold(SharePath path) {
    lock.lock();
    try {
      return Stream.of(gathering, committing)
          .flatMap(Optional::stream)
          .anyMatch(round -> round.mayHold(path));
    } finally {
      lock.unlock();
    }
  }

  /// The member is whole, or what has become of it is known.
  void end() {
    lock.lock();
    try {
      isOpen = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns when all rounds have been committed and their lines added.
  ///
  /// @throws Refusal where one has found no more room
  /// @throws IOException where the medium or the caller's connection failed
  void finish() throws Refusal, IOException {
    await();
    requireSound();
  }

  private void await() {
    lock.lock();
    try {
      isOver = true;
      changed.signalAll();
      while (isRunning) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isSound() {
    return failure.isEmpty() && refusal.isEmpty();
  }

  private void requireSound() throws Refusal, IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private void commitAll() {
    Optional<IOException> fault = Optional.empty();
    Optional<Refusal> lack = Optional.empty();
    try {
      for (var next = take(); next.isPresent() && lack.isEmpty(); next = take()) {
        lack = commit(next.get());
      }
    } catch (IOException e) {
      fault = Optional.of(e);
    } catch (RuntimeException bug) {
      fault = Optional.of(new IOException(Bugs.oneLine(bug), bug));
    } finally {
      stopped(fault, lack);
    }
  }

  private Optional<Refusal> commit(Round round) throws IOException {
    try (round) {
      StringBuilder all = new StringBuilder();
      for (UnpackLine line : round.commit()) {
        tally.count(line);
        all.append(line.text());
      }
      lines.add(all.toString());
      return round.lackOfRoom();
    }
  }

  /// The next round as soon as there is something in it; empty where none will come.
  private Optional<Round> take() {
    lock.lock();
    try {
      isIdle = true;
      committing = Optional.empty();
      changed.signalAll();
      while (isOpen || gathering.isEmpty() || gathering.get().isEmpty()) {
        if (isOver) {
          return Optional.empty();
        }
        changed.awaitUninterruptibly();
      }
      committing = gathering;
      gathering = Optional.empty();
      isIdle = false;
      changed.signalAll();
      return committing;
    } finally {
      lock.unlock();
    }
  }

  private void stopped(Optional<IOException> fault, Optional<Refusal> lack) {
    lock.lock();
    try {
      failure = fault;
      refusal = lack;
      isRunning = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Discards what was not committed.
  @Override
  public void close() {
    lock.lock();
    try {
      gathering.ifPresent(Round::close);
      gathering = Optional.empty();
    } finally {
      lock.unlock();
    }
    await();
  }
}
