package org.privateshare.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.Optional;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The listing of one folder, straight from `readdir(3)`: an entry at a time, in the order of the
/// file system. What vanishes between its name and its turn is left out.
final class FolderListing implements Listing {
  private final SharePath path;
  private final Held folder;
  private final DirectoryStream<Path> stream;
  private final Iterator<Path> names;

  private FolderListing(SharePath path, Held folder, DirectoryStream<Path> stream) {
    this.path = path;
    this.folder = folder;
    this.stream = stream;
    this.names = stream.iterator();
  }

  /// Takes over `folder`, also where it fails.
  static FolderListing of(SharePath path, Held folder) throws IOException {
    try {
      return new FolderListing(path, folder, folder.entries());
    } catch (Throwable e) {
      folder.close();
      throw e;
    }
  }

  @Override
  public Optional<Entry> next() throws IOException {
    try {
      while (names.hasNext()) {
        Optional<Entry> entry = entry(names.next());
        if (entry.isPresent()) {
          return entry;
        }
      }
      return Optional.empty();
    } catch (DirectoryIteratorException e) {
      throw MediumFailure.during("list", path, MediumFailure.of(e));
    } catch (IOException e) {
      throw MediumFailure.during("list", path, e);
    }
  }

  private Optional<Entry> entry(Path found) throws IOException {
    String name = String.valueOf(found.getFileName());
    Path file = folder.child(name);
    // Bytes that are no UTF-8 come as U+FFFD, which says another name.
    if (!isAddressable(name) || !file.equals(found)) {
      return Optional.empty();
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return switch (Stat.kind(attributes)) {
        case FILE ->
            Optional.of(
                new Entry.File(name, attributes.size(), attributes.lastModifiedTime().toInstant()));
        case FOLDER ->
            Optional.of(new Entry.Folder(name, attributes.lastModifiedTime().toInstant()));
        case OTHER -> Optional.empty();
      };
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private boolean isAddressable(String name) {
    try {
      return !path.child(name).isRoot();
    } catch (Refusal.BadName e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      stream.close();
    } finally {
      folder.close();
    }
  }
}
