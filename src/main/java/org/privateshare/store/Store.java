package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.privateshare.model.Entry;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A place where the files of a share live.
///
/// What an implementation owes:
/// - Every method may be called from any thread at any time; calls on different paths don't wait
///   for each other longer than the medium makes them.
/// - The medium is the truth. A file that another program put there is there at the next call, one
///   that it removed is gone; nothing is cached without being checked.
/// - Only regular files and folders exist. Links, devices, FIFOs, sockets, names that no
///   [SharePath] can say and the store's own housekeeping are neither found, opened, listed nor
///   written through, even while somebody swaps them in.
/// - Nothing outside the share is reached by any path.
/// - `IOException` means that the medium failed and names the step; a [Refusal] that it works and
///   the answer is no. Either leaves what was published untouched.
///
/// An S3-compatible engine fits behind it: staging is a multipart upload whose parts are the blocks
/// of 32 MiB, publishing a conditional write, a listing pages with a cursor.
public interface Store extends Changes, Closeable {
  /// The file or folder at `path`, if there is one. The root is a folder with the empty name.
  Optional<Entry> find(SharePath path) throws IOException;

  /// Opens the regular file at `path` for reading, if there is one. What comes back stays the very
  /// version that was opened, whatever happens to the name. The caller closes it.
  Optional<StoredFile> open(SharePath path) throws IOException;

  /// Whether it is worth asking for [#openAtHand]. Costs nothing.
  default boolean isAtHand(SharePath path) {
    return false;
  }

  /// The same as [#open] says, where it was asked for a moment ago and its bytes are in memory, so
  /// that a look at what the system knows of it in memory, too, is enough; else empty. The caller
  /// closes it.
  default Optional<StoredFile> openAtHand(SharePath path) throws IOException {
    return Optional.empty();
  }

  /// The entries of the folder at `path`, if there is one, in no particular order, in constant
  /// memory. The caller closes it.
  Optional<Listing> list(SharePath path) throws IOException;

  /// Begins a file that shall be published as `target` if that meets `must` then. Nothing is
  /// visible under that name before [StagedFile#publish()]. Missing folders on the way are made
  /// then. The caller closes it.
  ///
  /// The refusals are a courtesy to save the transfer; publishing decides.
  ///
  /// @throws Refusal.Taken where something is there already that may not be replaced, or a twin
  ///   whose name differs in case or Unicode normal form only
  /// @throws Refusal.Changed where the name does not hold what it should
  /// @throws Refusal.NoSpace where the medium has no room for even an empty file
  StagedFile stage(SharePath target, Precondition must) throws Refusal, IOException;

  /// Asks whether a file could be published as `target` now: the refusals of [#stage], without
  /// beginning anything.
  void check(SharePath target, Precondition must) throws Refusal, IOException;

  /// Begins a new file: [#stage(SharePath, Precondition)] of a name that must be free.
  default StagedFile stage(SharePath target) throws Refusal, IOException {
    return stage(target, Precondition.Existence.ABSENT);
  }

  /// Begins a file as [#stage(SharePath, Precondition)] does, but doesn't look at the name: whoever
  /// brings many leaves that to [#publish(List)]. It may have no id, and no version afterwards.
  StagedFile stageUnseen(SharePath target, Precondition must) throws Refusal, IOException;

  /// Those of some names that nothing has, as far as that is known at little cost: of the others it
  /// has to be found out one by one.
  default Set<SharePath> free(List<SharePath> names) throws IOException {
    return Set.of();
  }

  /// Publishes many files of this store, each exactly as [StagedFile#publish()] would, in less time
  /// than one after the other. When it returns, a power cut loses none of those published.
  ///
  /// @return for each file in turn why it was refused, empty where it was published
  /// @throws IOException where the medium failed. Each file is then published, whole, or not, and
  ///   of none is it known whether that will last
  default List<Optional<Refusal>> publish(List<StagedFile> files) throws IOException {
    List<Optional<Refusal>> refusals = new ArrayList<>();
    for (StagedFile file : files) {
      try {
        file.publish();
        refusals.add(Optional.empty());
      } catch (Refusal e) {
        refusals.add(Optional.of(e));
      }
    }
    return refusals;
  }

  /// Takes up the file that is staged under `id` and would become `target`, or begins it where
  /// nothing is staged so. One whose target is the root is a part of another and never published.
  ///
  /// @param id 32 lower-case hexadecimal digits; nobody else uses what is staged under it
  /// @throws Refusal as [#stage(SharePath, Precondition)] does
  StagedFile restage(String id, SharePath target, Precondition must) throws Refusal, IOException;

  /// What is known of staged files that outlive the process.
  Journal journal();

  /// How many bytes the medium has room for now; `Long.MAX_VALUE` where it knows no bound.
  long freeBytes() throws IOException;
}
