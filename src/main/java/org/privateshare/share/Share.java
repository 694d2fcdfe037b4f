package org.privateshare.share;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.model.Entry;
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

  /// A share over `store` with the given limits.
  public Share(Store store, Limits limits) {
    this.store = store;
    this.limits = limits;
    this.space = new SpaceLedger(store::freeBytes, limits.freeFloor());
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

  /// Opens one version of a file for reading; the caller closes it.
  ///
  /// @throws Refusal.Missing where no regular file is at `file`
  public Download open(SharePath file) throws Refusal, IOException {
    return new Download(store.open(file).orElseThrow(() -> new Refusal.Missing(file)));
  }

  /// Begins an upload that shall become the new file `target`; the caller closes it on every way.
  ///
  /// All that can be known before the first byte is checked here: the name, read-only, that the
  /// name is free, the announced length against the limits and the free space.
  ///
  /// @param length the announced length in bytes, where the protocol has one
  public Upload upload(SharePath target, OptionalLong length) throws Refusal, IOException {
    if (limits.readOnly()) {
      throw new Refusal.Denied("this share is read-only");
    }
    if (target.isRoot()) {
      throw new Refusal.BadName("a file needs a name");
    }
    target.requirePortable();
    if (length.orElse(0) > limits.maxFile()) {
      throw new Refusal.TooLarge(limits.maxFile());
    }
    SpaceLedger.Account account = space.open();
    try {
      account.cover(length.orElse(0));
      StagedFile staged = store.stage(target);
      return new Upload(target, length, limits.maxFile(), staged, account);
    } catch (Throwable failure) {
      account.close();
      throw failure;
    }
  }
}
