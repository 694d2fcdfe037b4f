package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.privateshare.model.Digest;

/// Reads files that fit into memory, whole or not at all.
final class SmallFile {
  /// Files of this size or more, in bytes, move by themselves.
  static final long BELOW = SessionUpload.FROM;

  private SmallFile() {}

  /// Reads a file. What has changed since it was found is read once more.
  ///
  /// @param name what the parcel is called
  static Parcel read(LocalTree.Node node, String name) throws FileSystemException {
    try {
      Optional<Parcel> parcel = read(node.file(), node.size(), node.modified(), name);
      if (parcel.isEmpty()) {
        BasicFileAttributes now = attributes(node.file());
        Instant modified = now.lastModifiedTime().toInstant();
        parcel = read(node.file(), now.size(), modified, name);
      }
      return parcel.orElseThrow(
          () -> new FileSystemException(node.file().toString(), null, "changed while it was sent"));
    } catch (IOException e) {
      throw LocalFailure.of(node.file(), e);
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /// The file, if it has this size and time before and after.
  private static Optional<Parcel> read(Path file, long size, Instant modified, String name)
      throws IOException {
    if (size >= BELOW) {
      return Optional.empty();
    }
    ByteBuffer into = ByteBuffer.allocate((int) size);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      while (into.hasRemaining() && channel.read(into) >= 0) {
        // Until all is there, or the file turns out shorter.
      }
    }
    BasicFileAttributes after = attributes(file);
    if (into.hasRemaining()
        || !after.isRegularFile()
        || after.size() != size
        || !after.lastModifiedTime().toInstant().equals(modified)) {
      return Optional.empty();
    }
    into.flip();
    return Optional.of(
        new Parcel(name, modified, Optional.of(new Parcel.Content(into, sum(into)))));
  }

  /// The CRC-32C of some bytes.
  static Digest sum(ByteBuffer bytes) {
    var sum = new CRC32C();
    sum.update(bytes.duplicate());
    return Digest.crc32c(sum.getValue());
  }
}
