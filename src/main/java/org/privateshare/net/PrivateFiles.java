package org.privateshare.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Files and folders that nobody but their owner may read. What others could read is refused, not
/// repaired: by the time it is seen it may have been read. Where the file system knows no POSIX
/// permissions, only kinds and sizes are checked.
final class PrivateFiles {
  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private PrivateFiles() {}

  /// Makes a folder of mode 0700, and those above it, where they are missing; refuses a link.
  static void makeFolder(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      var _ = Files.createDirectories(folder, mode(folder, "rwx------"));
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " is not a folder, or a symbolic link to one");
    }
    requirePrivate(folder);
  }

  /// The content of a regular file that others can't read; with `NOFOLLOW_LINKS` a symbolic link is
  /// refused.
  static byte[] readPrivate(Path file, int most, LinkOption... links) throws IOException {
    requirePrivate(requireRegular(file, links), links);
    return readAny(file, most, links);
  }

  /// The content of a regular file, whoever may read it.
  static byte[] readAny(Path file, int most, LinkOption... links) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.READ);
    if (links.length > 0) {
      options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
    try (FileChannel channel = FileChannel.open(requireRegular(file, links), options)) {
      if (channel.size() > most) {
        throw new IOException(file + " is larger than " + most + " bytes");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until it is full.
      }
      byte[] content = new byte[bytes.flip().remaining()];
      bytes.get(content);
      return content;
    }
  }

  /// Writes a new file of mode 0600 and forces it to the medium.
  static void create(Path file, byte[] content) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, mode(file, "rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        if (channel.write(bytes) <= 0) {
          throw new IOException("cannot write " + file);
        }
      }
      channel.force(true);
    }
  }

  /// Forces the names in a folder to the medium.
  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path requireRegular(Path file, LinkOption... links) throws IOException {
    if (!Files.exists(file, links)) {
      throw new NoSuchFileException(file + " does not exist");
    }
    if (!Files.isRegularFile(file, links)) {
      throw new IOException(
          file + (links.length > 0 ? " is a symbolic link or" : " is") + " not a regular file");
    }
    return file;
  }

  private static void requirePrivate(Path file, LinkOption... links) throws IOException {
    if (hasPermissions(file)) {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, links);
      Set<PosixFilePermission> excess = EnumSet.copyOf(OF_OTHERS);
      excess.retainAll(mode);
      if (!excess.isEmpty()) {
        throw new IOException(
            file
                + " is open to others (mode "
                + PosixFilePermissions.toString(mode)
                + "): chmod go= "
                + file
                + ", and make a new key if somebody may have read it");
      }
    }
  }

  private static FileAttribute<?>[] mode(Path file, String permissions) {
    return hasPermissions(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPermissions(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
