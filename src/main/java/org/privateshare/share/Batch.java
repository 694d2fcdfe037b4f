package org.privateshare.share;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.privateshare.model.Digest;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.StagedFile;
import org.privateshare.store.Store;
import org.privateshare.store.StoredFile;

/// Many new files that are brought to the medium and published together: each whole and by itself,
/// at a fraction of the cost. Nothing is visible before [#commit()], which is called once; nothing
/// is left of what was not committed after [#close()].
///
/// Members are begun and written by one thread; committing and closing may be another's, after it.
public final class Batch implements Closeable {
  /// Room is reserved ahead by this much, so that the medium is asked once in a while only.
  private static final long AHEAD_BYTES = 4L << 20;

  private final Store store;
  private final Limits limits;
  private final Share share;
  private final Precondition must;
  private final SpaceLedger.Account account;
  private final List<BatchMember> members = new ArrayList<>();
  private long announced;

  Batch(Share share, Store store, SpaceLedger.Account account, boolean replaces) {
    this.share = share;
    this.store = store;
    this.limits = share.limits();
    this.account = account;
    this.must = replaces ? Precondition.Existence.ANY : Precondition.Existence.ABSENT;
  }

  /// How many files have been begun.
  public int size() {
    return members.size();
  }

  /// How many bytes these have announced.
  public long bytes() {
    return announced;
  }

  /// Begins the next file. What has the name shows when the batch is committed.
  ///
  /// @param length in bytes
  /// @param modified the time of last change that the file gets; empty for the time it came
  /// @throws Refusal.BadName where no file can be created so
  /// @throws Refusal.TooLarge where the share takes none of this length
  /// @throws Refusal.NoSpace where it has no room for it
  public BatchMember begin(SharePath target, long length, Optional<Instant> modified)
      throws Refusal, IOException {
    share.requireCreatable(target);
    if (length > limits.maxFile()) {
      throw new Refusal.TooLarge(limits.maxFile());
    }
    cover(announced + length);
    BatchMember member = new BatchMember(target, length, modified, store.stageUnseen(target, must));
    announced += length;
    members.add(member);
    return member;
  }

  private void cover(long bytes) throws Refusal, IOException {
    if (account.covers(bytes)) {
      return;
    }
    try {
      account.cover(bytes + AHEAD_BYTES);
    } catch (Refusal.NoSpace tight) {
      account.cover(bytes);
    }
  }

  /// Publishes the members that are sealed and closes the batch.
  ///
  /// @return what became of each of these, in the order in which they were begun
  /// @throws IOException where the medium failed: of none is it known then whether it lasts
  public List<BatchResult> commit() throws IOException {
    try (this) {
      List<BatchMember> sealed = members.stream().filter(BatchMember::isSealed).toList();
      Set<SharePath> free = store.free(sealed.stream().map(BatchMember::target).toList());
      List<Optional<BatchResult>> known = new ArrayList<>();
      List<StagedFile> staged = new ArrayList<>();
      for (BatchMember member : sealed) {
        Optional<BatchResult> same =
            free.contains(member.target()) ? Optional.empty() : unchanged(member);
        known.add(same);
        if (same.isEmpty()) {
          staged.add(member.staged());
        }
      }
      var refusals = store.publish(staged).iterator();
      List<BatchResult> results = new ArrayList<>();
      for (int n = 0; n < sealed.size(); n++) {
        BatchMember member = sealed.get(n);
        results.add(
            known.get(n).isPresent() ? known.get(n).get() : result(member, refusals.next()));
      }
      return results;
    }
  }

  private BatchResult result(BatchMember member, Optional<Refusal> refusal) throws IOException {
    if (refusal.isEmpty()) {
      return member.stored();
    }
    if (refusal.get() instanceof Refusal.Taken) {
      Optional<BatchResult> same = unchanged(member);
      if (same.isPresent()) {
        return same.get();
      }
    }
    return new BatchResult.Refused(member.target(), refusal.get());
  }

  /// Whether the very bytes are there already: of the same size, and of the sum that was noted or,
  /// where none was, is found by reading.
  private Optional<BatchResult> unchanged(BatchMember member) throws IOException {
    Optional<StoredFile> found = store.open(member.target());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (StoredFile file = found.get()) {
      if (file.size() != member.size()) {
        return Optional.empty();
      }
      Digest sum =
          file.digest().isPresent()
              ? file.digest().get()
              : FileSum.of(file, Digest.Algorithm.CRC32C);
      return sum.equals(member.digest())
          ? Optional.of(new BatchResult.Unchanged(member.target(), member.size()))
          : Optional.empty();
    }
  }

  /// Discards what was not published. Idempotent.
  @Override
  public void close() {
    members.forEach(BatchMember::close);
    account.close();
  }
}
