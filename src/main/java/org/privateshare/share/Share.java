package org.privateshare.share;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.model.Entry;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.StagedFile;
import org.privateshare.store.Store;

/// A share: the rules over a [Store]. Thread-safe; every door uses the same one.
///
/// The store stays the caller's to close, after the last upload has ended.
public final class Share {
  private final Store store;
  private final Limits limits;
  private final SpaceLedger space;
  private final Uploads uploads;

  /// A share over `store` with the given limits.
  public Share(Store store, Limits limits) {
    this.store = store;
    this.limits = limits;
    this.space = new SpaceLedger(store::freeBytes, limits.freeFloor());
    this.uploads = new Uploads(this, store, limits.keepUnfinished());
  }

  /// What this share takes.
  public Limits limits() {
    return limits;
  }

  /// How many bytes uploads may still bring in all, the floor and running uploads taken off.
  public long freeBytes() throws IOException {
    return space.available();
  }

  /// The file or folder at `path`, if there is one.
  public Optional<Entry> find(SharePath path) throws IOException {
    return store.find(path);
  }

  /// The entries of a folder as a stream; the caller closes it.
  ///
  /// @throws Refusal.Missing where no folder is at `folder`
  public Entries list(SharePath folder) throws Refusal, IOException {
    return new Entries(store.list(folder).orElseThrow(() -> new Refusal.Missing(folder)));
  }

  /// All below a folder as a stream; the caller closes it.
  ///
  /// @throws Refusal.Missing where no folder is at `folder`
  public TreeEntries tree(SharePath folder, TreeEntries.Order order) throws Refusal, IOException {
    return new TreeEntries(store::list, folder, order);
  }

  /// Opens one version of a file for reading; the caller closes it.
  ///
  /// @throws Refusal.Missing where no regular file is at `file`
  public Download open(SharePath file) throws Refusal, IOException {
    return new Download(store.open(file).orElseThrow(() -> new Refusal.Missing(file)));
  }

  /// Whether it is worth asking for [#openAtHand]. Costs nothing.
  public boolean isAtHand(SharePath file) {
    return store.isAtHand(file);
  }

  /// The same version as [#open] has, where that needs no wait for the medium, because the file was
  /// asked for a moment ago; else empty. The caller closes it.
  public Optional<Download> openAtHand(SharePath file) throws IOException {
    return store.openAtHand(file).map(Download::new);
  }

  /// Begins an upload that shall become the new file `target`; the caller closes it on every way.
  ///
  /// All that can be known before the first byte is checked here: the name, read-only, that the
  /// name is free, the announced length against the limits and the free space.
  ///
  /// @param length the announced length in bytes, where the protocol has one
  public Upload upload(SharePath target, OptionalLong length) throws Refusal, IOException {
    return replace(target, length, Precondition.Existence.ABSENT);
  }

  /// Begins an upload that shall become the file `target`, as [#upload] does, in the place of one
  /// that meets `must`. What is replaced goes into the history when the upload is finished; until
  /// then it stays as it is.
  public Upload replace(SharePath target, OptionalLong length, Precondition must)
      throws Refusal, IOException {
    requireTakeable(new UploadPlan(Optional.of(target), length, must, Optional.empty(), Map.of()));
    SpaceLedger.Account account = account(length.orElse(0));
    try {
      StagedFile staged = store.stage(target, must);
      return new Upload(target, length, limits.maxFile(), staged, account);
    } catch (Throwable failure) {
      account.close();
      throw failure;
    }
  }

  /// Begins an upload of known length that is kept if it is cut: once so much has come that it is
  /// worth it, it is one of the [#uploads()]. The caller closes it on every way.
  public Upload upload(UploadPlan plan, Uploader by) throws Refusal, IOException {
    requireTakeable(plan);
    SpaceLedger.Account account = account(plan.length().orElse(0));
    try {
      StagedFile staged = store.stage(plan.stagedFor(), plan.must());
      try {
        Session session = uploads.ofRequest(staged, plan, by);
        Upload upload =
            new Upload(
                session,
                Run.NOTHING,
                plan.length().orElse(Long.MAX_VALUE),
                limits.maxFile(),
                staged,
                account);
        session.hold(upload);
        return upload;
      } catch (Throwable failure) {
        staged.close();
        throw failure;
      }
    } catch (Throwable failure) {
      account.close();
      throw failure;
    }
  }

  /// Begins many new files that are published together; the caller closes it.
  ///
  /// @param replaces whether a file may take the place of one that is there, which goes into the
  ///   history
  public Batch batch(boolean replaces) throws Refusal {
    requireWritable();
    return new Batch(this, store, space.open(), replaces);
  }

  /// The uploads that outlive their requests.
  public Uploads uploads() {
    return uploads;
  }

  /// Checks all that can be known of an upload before its first byte.
  void require(UploadPlan plan) throws Refusal, IOException {
    requireTakeable(plan);
    if (plan.target().isPresent()) {
      store.check(plan.target().get(), plan.must());
    }
    account(plan.length().orElse(0)).close();
  }

  /// Checks what needs no look at the medium.
  private void requireTakeable(UploadPlan plan) throws Refusal {
    if (plan.target().isPresent()) {
      requireCreatable(plan.target().get());
    } else {
      requireWritable();
    }
    if (plan.length().orElse(0) > limits.maxFile()) {
      throw new Refusal.TooLarge(limits.maxFile());
    }
  }

  /// Room for so many bytes.
  SpaceLedger.Account account(long bytes) throws Refusal, IOException {
    SpaceLedger.Account account = space.open();
    try {
      account.cover(bytes);
      return account;
    } catch (Throwable failure) {
      account.close();
      throw failure;
    }
  }

  /// Makes a folder in one that is there.
  ///
  /// @throws Refusal.Missing where the folder around it isn't there
  /// @throws Refusal.Taken where the name is taken
  public void makeFolder(SharePath folder) throws Refusal, IOException {
    requireCreatable(folder);
    store.makeFolder(folder);
  }

  /// Makes a folder and those that it lacks on the way; a no leaves what was made by then.
  ///
  /// @return whether it was not there before
  /// @throws Refusal.Taken where something else has one of the names
  public boolean makeFolders(SharePath folder) throws Refusal, IOException {
    requireCreatable(folder);
    if (isFolder(folder)) {
      return false;
    }
    if (!folder.parent().isRoot()) {
      var _ = makeFolders(folder.parent());
    }
    try {
      store.makeFolder(folder);
      return true;
    } catch (Refusal.Taken e) {
      if (isFolder(folder)) {
        return false; // somebody else has made it just now
      }
      throw e;
    }
  }

  private boolean isFolder(SharePath path) throws IOException {
    return store.find(path).filter(Entry.Folder.class::isInstance).isPresent();
  }

  /// Takes a file into the history, or removes an empty folder for good.
  ///
  /// @throws Refusal.Missing where nothing is there
  /// @throws Refusal.Changed where it is not as demanded
  /// @throws Refusal.NotEmpty where a folder still holds something
  public void remove(SharePath path, Precondition must) throws Refusal, IOException {
    requireChangeable(path);
    store.remove(path, must);
  }

  /// Takes all below a folder into the history, file by file, and removes the folders, those
  /// farther down first, and itself last. What is gone by the time of a refusal stays gone.
  ///
  /// @throws Refusal.Missing where no folder is there
  /// @throws Refusal.NotEmpty where something came meanwhile, or isn't shown
  public void removeTree(SharePath folder) throws Refusal, IOException {
    requireChangeable(folder);
    try (TreeEntries below = tree(folder, TreeEntries.Order.FOLDER_LAST)) {
      new TreeRemoval(store).remove(below);
    }
    store.remove(folder, Precondition.Existence.ANY);
  }

  /// Gives a file, or a folder with all in it, a name that is free.
  ///
  /// @param must what must hold of `from`
  /// @throws Refusal.Missing where nothing is at `from`, or no folder is around `to`
  /// @throws Refusal.Changed where `from` is not as demanded
  /// @throws Refusal.Taken where `to` is taken
  public void move(SharePath from, SharePath to, Precondition must) throws Refusal, IOException {
    requireChangeable(from);
    requireCreatable(to);
    store.move(from, to, must);
  }

  /// The old versions of the file at `path` and of all below it, as a stream; the caller closes it.
  public KeptVersions history(SharePath path) throws IOException {
    return new KeptVersions(store.history().list(path));
  }

  /// Moves the old version `id` of the file at `path` out of the history to the free name `to`.
  /// Where that is `path` itself, an old name comes back and needs not be one that may be created.
  ///
  /// @throws Refusal.Missing where the history has no such version
  /// @throws Refusal.Taken where `to` is taken
  public void restore(SharePath path, String id, SharePath to) throws Refusal, IOException {
    requireChangeable(to);
    if (!to.equals(path)) {
      to.requirePortable();
    }
    store.history().restore(path, id, to);
  }

  /// Deletes for good what is in the history since before `limit`.
  ///
  /// @return how many old versions it deleted
  public long purge(Instant limit) throws Refusal, IOException {
    requireWritable();
    return store.history().purge(limit);
  }

  // What every change has to pass, whichever door it comes through.

  void requireCreatable(SharePath path) throws Refusal {
    requireChangeable(path);
    path.requirePortable();
  }

  private void requireChangeable(SharePath path) throws Refusal {
    requireWritable();
    if (path.isRoot()) {
      throw new Refusal.BadName("this needs a name; the share itself stays as it is");
    }
  }

  /// Asks whether the share takes anything at all.
  ///
  /// @throws Refusal.Denied where it is read-only
  public void requireWritable() throws Refusal.Denied {
    if (limits.readOnly()) {
      throw new Refusal.Denied("this share is read-only");
    }
  }
}
