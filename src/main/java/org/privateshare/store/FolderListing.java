package org.privateshare.store;

import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Entry;
import org.privateshare.model.EntryName;
import org.privateshare.model.SharePath;

/// The listing of one folder, straight from the file system: an entry at a time, in its order.
final class FolderListing implements Listing {
  private final SharePath path;
  private final Held folder;
  private final FolderEntries entries;

  private FolderListing(SharePath path, Held folder) throws IOException {
    this.path = path;
    this.folder = folder;
    this.entries = folder.entries(path::admits);
  }

  /// Takes over `folder`, also where it fails.
  static FolderListing of(SharePath path, Held folder) throws IOException {
    try {
      return new FolderListing(path, folder);
    } catch (Throwable e) {
      folder.close();
      throw e;
    }
  }

  @Override
  public Optional<Entry> next() throws IOException {
    try {
      return entries.next();
    } catch (IOException e) {
      throw MediumFailure.during("list", path, e);
    }
  }

  @Override
  public Optional<EntryName> nextName() throws IOException {
    try {
      return entries.nextName();
    } catch (IOException e) {
      throw MediumFailure.during("list", path, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      entries.close();
    } finally {
      folder.close();
    }
  }
}
