package org.privateshare.access;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// A folder of mode 0700 with files of mode 0600, shared by the processes of one user.
///
/// A folder or file that is a symbolic link, that others may read or write, or that belongs to
/// somebody else than the folder, is refused and not repaired: by the time it is seen, it may have
/// been read or written. Where the file system knows no POSIX permissions only the kind is checked.
///
/// Files are replaced whole, never changed in place, so that readers need no lock. Those who change
/// something hold the [#lock] from reading to replacing. Thread-safe.
///
/// @param path where it is
public record PrivateFolder(Path path) {
  private static final String LOCK = "lock";

  private static final Set<PosixFilePermission> FOLDER_MODE =
      PosixFilePermissions.fromString("rwx------");

  private static final Set<PosixFilePermission> FILE_MODE =
      PosixFilePermissions.fromString("rw-------");

  /// File locks keep processes apart, not threads; and closing any descriptor of the lock file
  /// would release the lock of the whole process.
  private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

  /// What changes whenever a file is replaced: each replacement is at least a millisecond younger
  /// than the file before it, whatever the clock says.
  record Stamp(FileTime modified, long size, Optional<Object> inode) {}

  /// Makes the folder, and those above it, where they are missing; then checks it.
  public void create() throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path there = path.toAbsolutePath();
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      missing.push(there);
      there = Objects.requireNonNull(there.getParent(), "the root exists");
    }
    for (Path folder : missing) {
      Files.createDirectories(folder, mode(FOLDER_MODE));
      force(there);
      there = folder;
    }
    require();
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Checks that this is a folder and private.
  public void require() throws IOException {
    BasicFileAttributes folder = attributes(path);
    if (!folder.isDirectory()) {
      throw new IOException(path + " is not a folder, or a symbolic link to one");
    }
    requirePrivate(path, folder);
  }

  /// Whether there is anything of that name.
  public boolean has(String name) {
    return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /// The stamp of a file. One system call.
  Stamp stamp(String name) throws IOException {
    BasicFileAttributes file =
        Files.readAttributes(
            path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Stamp(file.lastModifiedTime(), file.size(), Optional.ofNullable(file.fileKey()));
  }

  /// The whole content of a private file of at most `limit` bytes.
  ///
  /// @throws java.nio.file.NoSuchFileException where there is none
  public byte[] read(String name, int limit) throws IOException {
    Path file = path.resolve(name);
    BasicFileAttributes attributes = attributes(file);
    if (!attributes.isRegularFile()) {
      throw new IOException(file + " is not a regular file, or a symbolic link to one");
    }
    requirePrivate(file, attributes);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      if (size > limit) {
        throw new IOException(file + " is larger than " + limit + " bytes");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          break;
        }
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  /// Puts content in the place of a file, or of none: old or new is there at every moment, also
  /// after a kill or a power cut, and new once this returns.
  public void replace(String name, byte[] content) throws IOException {
    Path target = path.resolve(name);
    Path staging = path.resolve(name + ".new");
    // What a killed process left.
    Files.deleteIfExists(staging);
    try {
      try (FileChannel channel =
          create(staging, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          if (channel.write(bytes) <= 0) {
            throw new IOException("cannot write " + staging);
          }
        }
        channel.force(true);
      }
      makeYounger(staging, target);
      Files.move(
          staging, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(staging);
    }
    force(path);
  }

  private static void makeYounger(Path file, Path than) throws IOException {
    if (Files.exists(than, LinkOption.NOFOLLOW_LINKS)) {
      FileTime old = Files.getLastModifiedTime(than, LinkOption.NOFOLLOW_LINKS);
      FileTime least = FileTime.from(old.toInstant().plusMillis(1));
      if (Files.getLastModifiedTime(file).compareTo(least) < 0) {
        Files.setLastModifiedTime(file, least);
      }
    }
  }

  /// Waits until no other thread and no other process holds the lock and takes it. Readers need
  /// none. The lock of a process that dies is free.
  ///
  /// @return what the same thread closes to give the lock back
  public Closeable lock() throws IOException {
    Path file = path.resolve(LOCK);
    WITHIN_PROCESS.lock();
    try {
      return locked(create(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException e) {
      WITHIN_PROCESS.unlock();
      throw new IOException("cannot lock " + file + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      WITHIN_PROCESS.unlock();
      throw e;
    }
  }

  /// Takes one of many locks, for a folder that needs no [#lock] as a whole; empty where somebody
  /// else, be it in this process, holds it. The lock of a process that dies is free. A process
  /// holds one at a time: giving one back gives back all.
  ///
  /// @param number which one, not negative
  /// @return what is closed to give the lock back
  public Optional<Closeable> tryLock(long number) throws IOException {
    FileChannel file =
        create(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      // A byte of the file that need not be there: nothing is left behind for each lock.
      if (file.tryLock(number, 1, false) != null) {
        return Optional.of(file);
      }
    } catch (OverlappingFileLockException e) {
      // Held by another thread of ours.
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    file.close();
    return Optional.empty();
  }

  /// Removes a file, if it is there.
  public void remove(String name) throws IOException {
    boolean _ = Files.deleteIfExists(path.resolve(name));
  }

  private static Closeable locked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.lock();
      return () -> {
        try (file) {
          lock.release();
        } finally {
          WITHIN_PROCESS.unlock();
        }
      };
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private FileChannel create(Path file, OpenOption... options) throws IOException {
    OpenOption[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = LinkOption.NOFOLLOW_LINKS;
    return FileChannel.open(file, Set.of(all), mode(FILE_MODE));
  }

  private FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    Class<? extends BasicFileAttributes> kind =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? PosixFileAttributes.class
            : BasicFileAttributes.class;
    return Files.readAttributes(file, kind, LinkOption.NOFOLLOW_LINKS);
  }

  private void requirePrivate(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes instanceof PosixFileAttributes posix) {
      if (!FOLDER_MODE.containsAll(posix.permissions())) {
        throw new IOException(
            file
                + " may be read or written by others (mode "
                + PosixFilePermissions.toString(posix.permissions())
                + "): see who has seen it, then chmod go= "
                + file);
      }
      if (!posix.owner().equals(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS))) {
        throw new IOException(file + " belongs to " + posix.owner() + ", its folder does not");
      }
    }
  }
}
