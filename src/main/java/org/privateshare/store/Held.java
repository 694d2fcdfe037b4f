package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/// A file or folder inside the share that is held: whatever happens to its name, [#path()] means
/// this very one until it is closed. Whoever gets one closes it, and uses nothing got from
/// [#path()] and [#child] after that.
interface Held extends Closeable {
  /// A path on which the JDK's file calls reach this file or folder.
  Path path();

  /// A path on which the JDK's file calls reach the entry `name` of this folder, provided that they
  /// follow no link at its end.
  default Path child(String name) {
    return path().resolve(name);
  }

  /// What is held.
  Stat stat() throws IOException;

  /// The extended attribute `user.NAME` of what is held; empty where it has none, or a larger one
  /// than `most` bytes, or where there are no such attributes.
  default Optional<byte[]> attribute(String name, int most) {
    return SumNote.attribute(path(), name, most);
  }

  /// Opens what is held for reading: a regular file, or a folder in order to force it.
  FileChannel channel() throws IOException;

  /// Opens the folder that is held for reading its entries.
  DirectoryStream<Path> entries() throws IOException;

  /// Reads the folder that is held as a share shows it; the caller closes it before this.
  ///
  /// @param wanted which names may be shown
  default FolderEntries entries(Predicate<String> wanted) throws IOException {
    return new JdkEntries(this, wanted);
  }

  /// What the entry `name` of this folder is, a link being itself.
  default Optional<Stat> find(String name) throws IOException {
    return Stat.find(child(name), LinkOption.NOFOLLOW_LINKS);
  }

  /// Fails where the path may have led elsewhere since it was held.
  void confirm() throws IOException;

  @Override
  void close();
}
