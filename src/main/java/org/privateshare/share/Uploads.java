package org.privateshare.share;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.privateshare.access.KeyId;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.Journal;
import org.privateshare.store.StagedFile;
import org.privateshare.store.Store;
import org.privateshare.store.StoredFile;

/// The uploads of a share that outlive their requests: `docs/uploads.md` says what they promise.
/// The journal is the truth; what is in memory is read from it once and kept in step. Thread-safe.
public final class Uploads {
  /// Where several connections may begin their runs: at multiples of this.
  public static final long RUN_GRID_BYTES = 1L << 20;

  /// The most that one key may have.
  static final int MOST_OF_A_KEY = 4096;

  /// A connection on which nothing came for so long is dead if another one wants its place.
  private static final Duration DEAD = Duration.ofSeconds(5);

  /// After so long what came is brought to the medium for one who asks how far it is.
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Share share;
  private final Store store;
  private final Journal journal;
  private final Duration keep;
  private final SecureRandom random = new SecureRandom();
  private final Map<UploadId, Session> sessions = new ConcurrentHashMap<>();
  private volatile boolean isLoaded;

  private final Session.Registry registry =
      new Session.Registry() {
        @Override
        public boolean hasRoomFor(Uploader by) {
          return unfinishedOf(by.id()) < MOST_OF_A_KEY;
        }

        @Override
        public void kept(Session session) {
          sessions.put(session.id(), session);
        }

        @Override
        public void dropped(Session session) {
          var _ = sessions.remove(session.id());
        }
      };

  Uploads(Share share, Store store, Duration keep) {
    this.share = share;
    this.store = store;
    this.journal = store.journal();
    this.keep = keep;
  }

  /// Begins a session. Nothing is staged before its first byte.
  ///
  /// @throws Refusal whatever could be said of the finished file now, and where the key has too
  ///   many
  public UploadState begin(UploadPlan plan, Uploader by) throws Refusal, IOException {
    load();
    if (!registry.hasRoomFor(by)) {
      throw new Refusal.TooMany(
          "this key has " + MOST_OF_A_KEY + " unfinished uploads: finish or drop some first");
    }
    share.require(plan);
    Session session = fresh(plan, by);
    session.keep();
    return session.state(keep);
  }

  private long unfinishedOf(KeyId key) {
    return sessions.values().stream()
        .map(Session::entry)
        .filter(entry -> entry.receipt().isEmpty() && entry.by().id().equals(key))
        .count();
  }

  private Session fresh(UploadPlan plan, Uploader by) {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return session(new UploadId(HexFormat.of().formatHex(bits)), plan, by, true);
  }

  private Session session(UploadId id, UploadPlan plan, Uploader by, boolean isLasting) {
    SessionEntry entry = SessionEntry.begin(by, plan, Instant.now());
    return new Session(id, entry, isLasting, journal, registry);
  }

  /// The session that a request of its own may become; see [Share#upload(UploadPlan, Uploader)].
  Session ofRequest(StagedFile staged, UploadPlan plan, Uploader by) throws IOException {
    load();
    return session(new UploadId(staged.id()), plan, by, false);
  }

  /// How a session stands. What a quiet connection has brought is on the medium then.
  ///
  /// @throws Refusal.Missing where there is none that `viewer` may see
  /// @throws Refusal.Busy in the moment of its publishing
  public UploadState find(UploadId id, KeyId viewer) throws Refusal, IOException {
    Session session = see(id, viewer);
    for (Upload holder : session.holders()) {
      if (isQuiet(holder, QUIET)) {
        holder.settle();
      }
    }
    return session.state(keep);
  }

  private static boolean isQuiet(Upload holder, Duration since) {
    return holder.quiet().compareTo(since) >= 0;
  }

  private Session see(UploadId id, KeyId viewer) throws Refusal.Missing, IOException {
    load();
    Session session = sessions.get(id);
    if (session == null || !session.entry().by().isSeenBy(viewer)) {
      throw Refusal.Missing.upload();
    }
    if (session.isExpired(Instant.now(), keep)) {
      session.drop();
      throw Refusal.Missing.upload();
    }
    return session;
  }

  /// How many are unfinished.
  public long unfinished() throws IOException {
    load();
    return sessions.values().stream()
        .filter(session -> session.entry().receipt().isEmpty())
        .count();
  }

  /// The unfinished sessions that `viewer` may see, the oldest first.
  public List<UploadState> list(KeyId viewer) throws IOException {
    load();
    return sessions.values().stream()
        .filter(session -> session.entry().by().isSeenBy(viewer))
        .filter(session -> !session.isExpired(Instant.now(), keep))
        .flatMap(session -> state(session).stream())
        .filter(state -> state.receipt().isEmpty())
        .sorted(Comparator.comparing(UploadState::started).thenComparing(s -> s.id().text()))
        .toList();
  }

  private Optional<UploadState> state(Session session) {
    try {
      return Optional.of(session.state(keep));
    } catch (Refusal.Busy e) {
      return Optional.empty(); // a file in a moment
    }
  }

  /// Goes on with a session at `offset`; the caller closes what comes back on every way.
  ///
  /// @throws Refusal.Missing where there is none that `viewer` may see
  /// @throws Refusal.Denied where it is finished
  /// @throws Refusal.Busy where another connection is at it that isn't dead
  /// @throws Refusal.WrongOffset where it stands elsewhere; nothing is changed then
  public Upload resume(UploadId id, KeyId viewer, long offset) throws Refusal, IOException {
    Session session = see(id, viewer);
    if (!session.newcomers().tryAcquire()) {
      throw busy();
    }
    try {
      free(session, 0, Long.MAX_VALUE);
      SessionEntry entry = requireUnfinished(session);
      if (entry.safe().end() != offset) {
        throw new Refusal.WrongOffset(entry.safe().end());
      }
      session.cut(offset);
      return open(session, offset, entry.plan().length().orElse(Long.MAX_VALUE));
    } finally {
      session.newcomers().release();
    }
  }

  /// Brings the `count` bytes from `offset` on, beside others who bring other bytes of the same
  /// upload. It goes on where a run ends, or begins one at a multiple of [#RUN_GRID_BYTES].
  ///
  /// @throws Refusal as [#resume] does
  /// @throws Refusal.WrongOffset also where bytes in that place are there already
  public Upload resumeBeside(UploadId id, KeyId viewer, long offset, long count)
      throws Refusal, IOException {
    Session session = see(id, viewer);
    if (!session.awaitTurn(DEAD)) {
      throw busy();
    }
    try {
      free(session, offset, offset + count);
      SessionEntry entry = requireUnfinished(session);
      requirePlace(entry, offset, count);
      return open(session, offset, offset + count);
    } finally {
      session.newcomers().release();
    }
  }

  private static void requirePlace(SessionEntry entry, long offset, long count) throws Refusal {
    long length = entry.plan().length().orElse(0);
    if (count < 0 || count > length - offset) {
      throw new Refusal.Mismatch("more bytes would come than the " + length + " announced");
    }
    Runs runs = entry.runs();
    boolean begins = runs.at(offset).start() == offset;
    boolean isFree =
        !runs.isInside(offset) && runs.nextAfter(offset).orElse(length) >= offset + count;
    if (!isFree || (begins && offset % RUN_GRID_BYTES != 0)) {
      throw new Refusal.WrongOffset(entry.safe().end());
    }
  }

  private static Refusal.Busy busy() {
    return new Refusal.Busy("another connection is at this upload");
  }

  /// Ends dead requests that are at these bytes.
  ///
  /// @throws Refusal.Busy where one of them isn't dead
  private static void free(Session session, long start, long end) throws Refusal, IOException {
    for (Upload holder : session.holders()) {
      if (holder.claims(start, end)) {
        if (!isQuiet(holder, DEAD)) {
          throw busy();
        }
        holder.depose();
      }
    }
  }

  private SessionEntry requireUnfinished(Session session) throws Refusal {
    SessionEntry entry = session.entry();
    if (entry.receipt().isPresent()) {
      throw new Refusal.Denied("this upload is finished");
    }
    if (!session.isKept()) {
      throw Refusal.Missing.upload();
    }
    return entry;
  }

  private Upload open(Session session, long offset, long limit) throws Refusal, IOException {
    SessionEntry entry = session.entry();
    UploadPlan plan = entry.plan();
    SpaceLedger.Account account = share.account(limit == Long.MAX_VALUE ? 0 : limit - offset);
    try {
      StagedFile staged = store.restage(session.id().text(), plan.stagedFor(), plan.must());
      Run before = entry.runs().at(offset);
      Upload upload = new Upload(session, before, limit, share.limits().maxFile(), staged, account);
      session.hold(upload);
      return upload;
    } catch (Throwable failure) {
      account.close();
      if (failure instanceof Refusal.Taken || failure instanceof Refusal.Changed) {
        end(session); // somebody else has the name: nothing can come of it
      }
      throw failure;
    }
  }

  /// Says how long an upload is that was begun without.
  ///
  /// @throws Refusal.Mismatch where it was said before, or more has come already
  public UploadState announce(UploadId id, KeyId viewer, long length) throws Refusal, IOException {
    Session session = see(id, viewer);
    if (!session.newcomers().tryAcquire()) {
      throw busy();
    }
    try {
      free(session, 0, Long.MAX_VALUE);
      SessionEntry entry = requireUnfinished(session);
      if (entry.plan().length().isPresent() && entry.plan().length().getAsLong() != length) {
        throw new Refusal.Mismatch("this upload has another length already");
      }
      if (length < entry.safe().end()) {
        throw new Refusal.Mismatch("more bytes than that have come already");
      }
      share.require(entry.plan().withLength(length));
      session.announce(length);
      return session.state(keep);
    } finally {
      session.newcomers().release();
    }
  }

  /// Drops a session and what came of it, also from under a connection that is at it. One that is
  /// finished is forgotten.
  ///
  /// @throws Refusal.Missing where there is none that `viewer` may see
  public void drop(UploadId id, KeyId viewer) throws Refusal, IOException {
    end(see(id, viewer));
  }

  private static void end(Session session) throws IOException {
    session.holders().forEach(Upload::close);
    session.drop();
  }

  /// Makes one file of complete uploads without a target, in their order. The first one's file
  /// becomes the whole, the bytes of the others are copied by the medium; all are gone afterwards.
  ///
  /// @return the whole, finished
  /// @throws Refusal.Missing where one isn't there, for all that `by` may know
  /// @throws Refusal.Mismatch where one is not complete, has a target or comes twice
  public UploadState join(List<UploadId> parts, UploadPlan plan, Uploader by)
      throws Refusal, IOException {
    try (Parts held = Parts.hold(parts, id -> see(id, by.id()))) {
      UploadPlan whole = plan.withLength(held.length());
      share.require(whole);
      Session session = fresh(whole, by);
      try (SpaceLedger.Account _ = share.account(held.lengthToCopy())) {
        session.published(held.publish(store, whole));
        session.keep();
      }
      held.drop();
      return session.state(keep);
    }
  }

  /// Drops what has expired.
  ///
  /// @return how many unfinished uploads that were
  public long purge(Instant now) throws IOException {
    load();
    long dropped = 0;
    for (Session session : sessions.values()) {
      if (session.isExpired(now, keep) && session.newcomers().tryAcquire()) {
        try {
          dropped += session.entry().receipt().isPresent() ? 0 : 1;
          session.drop();
        } finally {
          session.newcomers().release();
        }
      }
    }
    return dropped;
  }

  /// Reads the journal, once; drops what is no session, and ends what a crash cut off while it was
  /// published. Other calls do so where it wasn't done.
  public void load() throws IOException {
    if (!isLoaded) {
      readJournal();
    }
  }

  private synchronized void readJournal() throws IOException {
    if (isLoaded) {
      return;
    }
    for (String id : journal.ids()) {
      Optional<Journal.Note> read = journal.read(id);
      Optional<SessionEntry> entry = read.flatMap(found -> JournalText.parse(found.text()));
      if (entry.isEmpty()) {
        journal.remove(id);
      } else {
        Instant touched = read.orElseThrow().touched();
        takeUp(Session.load(new UploadId(id), entry.get(), touched, journal, registry));
      }
    }
    isLoaded = true;
  }

  private void takeUp(Session session) throws IOException {
    SessionEntry entry = session.entry();
    boolean isStaged = journal.isStaged(session.id().text());
    boolean isEnding = entry.isFinishing() && entry.receipt().isEmpty();
    if (isEnding && !isStaged) {
      registry.kept(session);
      acknowledge(session);
    } else if (entry.receipt().isPresent() || isStaged || entry.runs().all().isEmpty()) {
      // What is staged without a run came too shortly before the end: it comes again.
      registry.kept(session);
      if (isEnding) {
        finish(session);
      }
    } else {
      session.drop();
    }
  }

  /// Publishes what was about to be.
  private void finish(Session session) throws IOException {
    long length = session.entry().safe().end();
    try (Upload upload = open(session, length, length)) {
      var _ = upload.finish(Optional.empty());
    } catch (Refusal e) {
      session.drop();
    }
  }

  /// Finds what was published without a word.
  private void acknowledge(Session session) throws IOException {
    SessionEntry entry = session.entry();
    SharePath target = entry.plan().stagedFor();
    Optional<StoredFile> found = store.open(target);
    if (found.isEmpty()) {
      session.drop();
      return;
    }
    try (StoredFile file = found.get()) {
      boolean replaced = entry.plan().must() != Precondition.Existence.ABSENT;
      session.published(
          new Receipt(target, entry.safe().end(), entry.safe().digest(), file.version(), replaced));
    }
  }
}
