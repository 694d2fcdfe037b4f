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
import java.util.function.Predicate;
import org.privateshare.model.Entry;

/// The entries of a folder as the JDK reads them, anywhere: a path and an object a name, and two
/// walks through `/proc` a look. [KernelEntries] is for where that is known to be Linux.
final class JdkEntries implements FolderEntries {
  private final Held folder;
  private final Predicate<String> wanted;
  private final DirectoryStream<Path> stream;
  private final Iterator<Path> names;

  /// Those of `folder`, which stays the caller's, whose names are `wanted`.
  JdkEntries(Held folder, Predicate<String> wanted) throws IOException {
    this.folder = folder;
    this.wanted = wanted;
    this.stream = folder.entries();
    this.names = stream.iterator();
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
      throw MediumFailure.of(e);
    }
  }

  private Optional<Entry> entry(Path found) throws IOException {
    String name = String.valueOf(found.getFileName());
    Path file = folder.child(name);
    // Bytes that are no UTF-8 come as U+FFFD, which says another name.
    if (!wanted.test(name) || !file.equals(found)) {
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

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
