package org.privateshare.share;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.privateshare.model.Refusal;
import org.privateshare.store.StagedFile;
import org.privateshare.store.Store;

/// Complete uploads without a target that are about to become one file; while they are held nobody
/// else gets at them. For one thread.
final class Parts implements Closeable {
  /// Finds a session.
  interface Eyes {
    Session see(UploadId id) throws Refusal, IOException;
  }

  private final List<Session> held = new ArrayList<>();

  private Parts() {}

  /// Holds them all.
  static Parts hold(List<UploadId> ids, Eyes eyes) throws Refusal, IOException {
    Parts parts = new Parts();
    try {
      if (ids.isEmpty() || new HashSet<>(ids).size() < ids.size()) {
        throw new Refusal.Mismatch("a whole needs parts, each of them once");
      }
      for (UploadId id : ids) {
        parts.add(eyes.see(id));
      }
      return parts;
    } catch (Throwable e) {
      parts.close();
      throw e;
    }
  }

  private void add(Session session) throws Refusal {
    if (!session.newcomers().tryAcquire()) {
      throw new Refusal.Busy("a part of this upload is still being sent");
    }
    held.add(session);
    SessionEntry entry = session.entry();
    boolean isComplete =
        entry.plan().length().isPresent()
            && entry.plan().length().getAsLong() == entry.safe().end();
    if (!isComplete || entry.plan().target().isPresent()) {
      throw new Refusal.Mismatch("a part is not complete, or an upload of its own");
    }
  }

  /// The bytes of the whole.
  long length() {
    return held.stream().mapToLong(Parts::length).sum();
  }

  /// The bytes that need more room.
  long lengthToCopy() {
    return length() - length(held.getFirst());
  }

  private static long length(Session part) {
    return part.entry().safe().end();
  }

  /// Joins and publishes them.
  Receipt publish(Store store, UploadPlan plan) throws Refusal, IOException {
    Session first = held.getFirst();
    StagedFile staged = store.restage(first.id().text(), plan.stagedFor(), plan.must());
    try {
      Run whole = first.entry().safe();
      for (Session part : held.subList(1, held.size())) {
        staged.copy(part.id().text(), length(part), whole.end());
        whole = whole.plus(length(part), part.entry().safe().digest());
      }
      staged.shape(whole.end(), plan.modified());
      staged.keep(whole.digest());
      staged.publish();
      return new Receipt(
          plan.stagedFor(), whole.end(), whole.digest(), staged.version(), staged.replaced());
    } finally {
      staged.release(); // where it fails the parts stay what they were
    }
  }

  /// Drops them, now that they are a file.
  void drop() throws IOException {
    for (Session part : held) {
      part.drop();
    }
  }

  @Override
  public void close() {
    held.forEach(session -> session.newcomers().release());
  }
}
