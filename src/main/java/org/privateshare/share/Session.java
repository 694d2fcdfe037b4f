package org.privateshare.share;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Refusal;
import org.privateshare.store.Journal;

/// An upload that outlives its request: what the journal has of it, and which request is at it.
///
/// Locks are taken in this order: [#newcomers()], that of the [Upload], the monitor of this.
/// Thread-safe.
final class Session {
  /// How long a finished one is remembered.
  static final Duration REMEMBERED = Duration.ofDays(1);

  /// A file of appended lines that is longer than this is written anew.
  private static final int MOST_LINES = 4096;

  /// Who shall know what becomes of it.
  interface Registry {
    /// Whether one more of this key's may be kept.
    boolean hasRoomFor(Uploader by);

    void kept(Session session);

    void dropped(Session session);
  }

  private final UploadId id;
  private final Journal journal;
  private final Registry registry;

  /// Whether it was asked for. One that wasn't is a PUT's, and is gone with it unless it is cut.
  private boolean isLasting;

  private final Semaphore newcomers = new Semaphore(1);

  private SessionEntry entry;
  private Instant touched;
  private boolean isKept;
  private boolean isPublishing;
  private int lines;
  private final List<Upload> holders = new ArrayList<>();
  private @Nullable Upload finisher;

  Session(UploadId id, SessionEntry entry, boolean isLasting, Journal journal, Registry registry) {
    this.id = id;
    this.entry = entry;
    this.isLasting = isLasting;
    this.journal = journal;
    this.registry = registry;
    this.touched = entry.started();
  }

  /// One that the journal has.
  static Session load(
      UploadId id, SessionEntry entry, Instant touched, Journal journal, Registry registry) {
    Session session = new Session(id, entry, true, journal, registry);
    session.touched = touched;
    session.isKept = true;
    return session;
  }

  UploadId id() {
    return id;
  }

  synchronized boolean isLasting() {
    return isLasting;
  }

  /// Lets it outlive the request that it was begun by.
  synchronized void last() {
    isLasting = true;
  }

  /// Held by the one request that may become its next holder.
  Semaphore newcomers() {
    return newcomers;
  }

  /// Takes [#newcomers()], and waits for it so long: those who come side by side come at once.
  boolean awaitTurn(Duration atMost) throws InterruptedIOException {
    try {
      return newcomers.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for others at this upload");
    }
  }

  synchronized SessionEntry entry() {
    return entry;
  }

  synchronized boolean isKept() {
    return isKept;
  }

  /// The requests that are at it.
  synchronized List<Upload> holders() {
    return List.copyOf(holders);
  }

  synchronized void hold(Upload by) {
    holders.add(by);
  }

  synchronized void leave(Upload who) {
    var _ = holders.remove(who);
    if (finisher == who) {
      finisher = null;
    }
  }

  /// Whether these bytes make it a whole file and `who` is the one to publish it: of several that
  /// end at once one is.
  synchronized boolean isFinishedBy(Upload who, Run run) {
    boolean isFree = finisher == null && entry.receipt().isEmpty();
    if (isFree && entry.plan().target().isPresent() && entry.isWhole(entry.runs().with(run))) {
      finisher = who;
    }
    return finisher == who;
  }

  synchronized boolean isExpired(Instant now, Duration keep) {
    return holders.isEmpty() && !expires(keep).isAfter(now);
  }

  private Instant expires(Duration keep) {
    return touched.plus(entry.receipt().isPresent() ? REMEMBERED : keep);
  }

  /// How it stands.
  ///
  /// @throws Refusal.Busy while it is being published: it is neither unfinished nor finished then
  synchronized UploadState state(Duration keep) throws Refusal.Busy {
    if (isPublishing) {
      throw new Refusal.Busy("this upload is being published");
    }
    return new UploadState(
        id,
        entry.by(),
        entry.plan(),
        entry.safe(),
        entry.runs().joined(),
        entry.started(),
        expires(keep),
        !holders.isEmpty(),
        entry.receipt());
  }

  /// Enters it in the journal.
  synchronized void keep() throws Refusal, IOException {
    journal.write(id.text(), JournalText.print(entry));
    lines = 0;
    if (!isKept) {
      isKept = true;
      registry.kept(this);
    }
    touched = Instant.now();
  }

  /// Enters that these bytes are on the medium. Not so where that would be the whole of a file: it
  /// is to be published then, by the one who brought the last of it.
  synchronized void mark(Run safe) throws Refusal, IOException {
    Runs runs = entry.runs().with(safe);
    if (entry.plan().target().isEmpty() || !entry.isWhole(runs)) {
      entry = change(entry.with(runs), JournalText.run(safe));
    }
  }

  /// The bytes from the first one on that there are with these.
  synchronized Run prefixWith(Run run) {
    return entry.runs().with(run).prefix();
  }

  /// How far the run is on the medium that begins at `start`.
  synchronized long safeEnd(long start) {
    return entry.runs().all().stream()
        .filter(run -> run.start() == start)
        .mapToLong(Run::end)
        .findFirst()
        .orElse(start);
  }

  /// Forgets what lies behind `offset`.
  synchronized void cut(long offset) throws Refusal, IOException {
    SessionEntry whole = entry;
    entry = entry.with(entry.runs().upTo(offset));
    if (entry.runs().all().size() < whole.runs().all().size()) {
      rewrite(whole);
    }
  }

  private void rewrite(SessionEntry before) throws Refusal, IOException {
    try {
      keep();
    } catch (Throwable e) {
      entry = before;
      throw e;
    }
  }

  /// Enters how long it is.
  synchronized void announce(long length) throws Refusal, IOException {
    entry = change(entry.withLength(length), JournalText.length(length));
  }

  /// Enters that all is on the medium and about to be published.
  synchronized void publishing(Run whole) throws Refusal, IOException {
    if (isLasting) {
      entry =
          change(
              entry.with(Runs.NONE.with(whole)).finishing(),
              JournalText.run(whole),
              JournalText.finishing());
    }
    isPublishing = true;
  }

  private SessionEntry change(SessionEntry changed, String... added) throws Refusal, IOException {
    if (!isKept && !registry.hasRoomFor(entry.by())) {
      return entry;
    }
    if (isKept && lines < MOST_LINES) {
      journal.append(id.text(), JournalText.added(added));
      lines += added.length;
      touched = Instant.now();
    } else {
      SessionEntry before = entry;
      entry = changed;
      rewrite(before);
    }
    return changed;
  }

  /// It is published. That the journal can't be told is no failure any more: it would find out.
  synchronized void published(Receipt receipt) {
    isPublishing = false;
    entry = entry.finished(receipt);
    try {
      if (isLasting) {
        entry = change(entry, JournalText.done(receipt));
      } else {
        drop();
      }
    } catch (Refusal | IOException e) {
      touched = Instant.now();
    }
  }

  /// Removes what is staged and what the journal has.
  synchronized void drop() throws IOException {
    isPublishing = false;
    if (isKept) {
      isKept = false;
      registry.dropped(this);
      journal.remove(id.text());
    }
  }
}
