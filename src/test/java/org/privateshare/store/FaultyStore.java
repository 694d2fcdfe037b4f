package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.privateshare.model.Digest;
import org.privateshare.model.Entry;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A store of which one call fails with an `IOException`: the one with the given number, counted
/// from 1 over the store and all that comes out of it. Closing isn't counted and never fails.
/// Thread-safe.
public final class FaultyStore implements Store {
  /// Whether the call that fails has had its effect.
  public enum Effect {
    NONE,
    DONE
  }

  private interface Call<T> {
    T run() throws Refusal, IOException;
  }

  private interface PlainCall<T> extends Call<T> {
    @Override
    T run() throws IOException;
  }

  private final Store store;
  private final int failing;
  private final Effect effect;
  private final AtomicInteger calls = new AtomicInteger();

  /// A store over `store` whose call number `failing` fails.
  public FaultyStore(Store store, int failing, Effect effect) {
    this.store = store;
    this.failing = failing;
    this.effect = effect;
  }

  /// Whether the failing call was reached.
  public boolean failed() {
    return calls.get() >= failing;
  }

  private <T> T call(Call<T> call) throws Refusal, IOException {
    boolean fails = calls.incrementAndGet() == failing;
    if (fails && effect == Effect.NONE) {
      throw new IOException("injected before the call");
    }
    T result = call.run();
    if (fails) {
      close(result);
      throw new IOException("injected after the call");
    }
    return result;
  }

  private static void close(Object result) throws IOException {
    Object opened = result instanceof Optional<?> found && found.isPresent() ? found.get() : result;
    if (opened instanceof Closeable closeable) {
      closeable.close();
    }
  }

  private interface Step {
    void run() throws Refusal, IOException;
  }

  private void step(Step step) throws Refusal, IOException {
    var _ =
        call(
            () -> {
              step.run();
              return true;
            });
  }

  private <T> T plain(PlainCall<T> call) throws IOException {
    try {
      return call(call);
    } catch (Refusal e) {
      throw new AssertionError("a plain call refuses nothing", e);
    }
  }

  @Override
  public Optional<Entry> find(SharePath path) throws IOException {
    return plain(() -> store.find(path));
  }

  @Override
  public Optional<StoredFile> open(SharePath path) throws IOException {
    return plain(() -> store.open(path)).map(FaultyFile::new);
  }

  @Override
  public Optional<Listing> list(SharePath path) throws IOException {
    return plain(() -> store.list(path)).map(FaultyListing::new);
  }

  @Override
  public StagedFile stage(SharePath target, Precondition must) throws Refusal, IOException {
    return new FaultyStaged(call(() -> store.stage(target, must)));
  }

  @Override
  public StagedFile stageUnseen(SharePath target, Precondition must) throws Refusal, IOException {
    return new FaultyStaged(call(() -> store.stageUnseen(target, must)));
  }

  @Override
  public StagedFile restage(String id, SharePath target, Precondition must)
      throws Refusal, IOException {
    return new FaultyStaged(call(() -> store.restage(id, target, must)));
  }

  @Override
  public void check(SharePath target, Precondition must) throws Refusal, IOException {
    step(() -> store.check(target, must));
  }

  @Override
  public Journal journal() {
    return new FaultyJournal(store.journal());
  }

  @Override
  public void makeFolder(SharePath path) throws Refusal, IOException {
    step(() -> store.makeFolder(path));
  }

  @Override
  public void remove(SharePath path, Precondition must) throws Refusal, IOException {
    step(() -> store.remove(path, must));
  }

  @Override
  public void move(SharePath from, SharePath to, Precondition must) throws Refusal, IOException {
    step(() -> store.move(from, to, must));
  }

  @Override
  public History history() {
    return new FaultyHistory(store.history());
  }

  @Override
  public long freeBytes() throws IOException {
    return plain(store::freeBytes);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  private final class FaultyFile implements StoredFile {
    private final StoredFile file;

    FaultyFile(StoredFile file) {
      this.file = file;
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public Instant modified() {
      return file.modified();
    }

    @Override
    public String version() {
      return file.version();
    }

    @Override
    public Optional<Digest> digest() {
      return file.digest();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return plain(() -> file.read(into, position));
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      return plain(() -> file.transferTo(position, count, target));
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private final class FaultyListing implements Listing {
    private final Listing listing;

    FaultyListing(Listing listing) {
      this.listing = listing;
    }

    @Override
    public Optional<Entry> next() throws IOException {
      return plain(listing::next);
    }

    @Override
    public void close() throws IOException {
      listing.close();
    }
  }

  private final class FaultyStaged implements StagedFile {
    private final StagedFile staged;

    FaultyStaged(StagedFile staged) {
      this.staged = staged;
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws Refusal, IOException {
      step(() -> staged.write(bytes, position));
    }

    @Override
    public String id() {
      return staged.id();
    }

    @Override
    public void copy(String id, long count, long position) throws Refusal, IOException {
      step(() -> staged.copy(id, count, position));
    }

    @Override
    public void shape(long size, Optional<Instant> modified) throws IOException {
      var _ =
          plain(
              () -> {
                staged.shape(size, modified);
                return true;
              });
    }

    @Override
    public void release() {
      staged.release();
    }

    @Override
    public void force() throws IOException {
      var _ =
          plain(
              () -> {
                staged.force();
                return true;
              });
    }

    @Override
    public void publish() throws Refusal, IOException {
      step(staged::publish);
    }

    @Override
    public void keep(Digest digest) throws IOException {
      var _ =
          plain(
              () -> {
                staged.keep(digest);
                return true;
              });
    }

    @Override
    public String version() {
      return staged.version();
    }

    @Override
    public boolean replaced() {
      return staged.replaced();
    }

    @Override
    public void close() {
      staged.close();
    }
  }

  private final class FaultyJournal implements Journal {
    private final Journal journal;

    FaultyJournal(Journal journal) {
      this.journal = journal;
    }

    @Override
    public void write(String id, String text) throws Refusal, IOException {
      step(() -> journal.write(id, text));
    }

    @Override
    public void append(String id, String text) throws Refusal, IOException {
      step(() -> journal.append(id, text));
    }

    @Override
    public Optional<Note> read(String id) throws IOException {
      return plain(() -> journal.read(id));
    }

    @Override
    public List<String> ids() throws IOException {
      return plain(journal::ids);
    }

    @Override
    public boolean isStaged(String id) throws IOException {
      return plain(() -> journal.isStaged(id));
    }

    @Override
    public void remove(String id) throws IOException {
      var _ =
          plain(
              () -> {
                journal.remove(id);
                return true;
              });
    }
  }

  private final class FaultyHistory implements History {
    private final History history;

    FaultyHistory(History history) {
      this.history = history;
    }

    @Override
    public OldVersions list(SharePath path) throws IOException {
      return new FaultyVersions(plain(() -> history.list(path)));
    }

    @Override
    public void restore(SharePath path, String id, SharePath to) throws Refusal, IOException {
      step(() -> history.restore(path, id, to));
    }

    @Override
    public long purge(Instant limit) throws IOException {
      return plain(() -> history.purge(limit));
    }
  }

  private final class FaultyVersions implements OldVersions {
    private final OldVersions versions;

    FaultyVersions(OldVersions versions) {
      this.versions = versions;
    }

    @Override
    public Optional<OldVersion> next() throws IOException {
      return plain(versions::next);
    }

    @Override
    public void close() throws IOException {
      versions.close();
    }
  }
}
