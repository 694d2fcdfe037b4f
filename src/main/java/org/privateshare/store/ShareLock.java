package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a second server off a share: a lock (`fcntl(2)`) on the file `.privateshare/lock`, which
/// the kernel gives back however the process ends.
final class ShareLock implements Closeable {
  /// Shares that this process has locked. Such a lock belongs to the process and is lost as soon as
  /// any descriptor of the file is closed: the process must not even open the file a second time.
  private static final Set<Object> HERE = ConcurrentHashMap.newKeySet();

  private final Object share;
  private final FileChannel file;

  private ShareLock(Object share, FileChannel file) {
    this.share = share;
    this.file = file;
  }

  /// Locks the share whose root has the key `share`.
  ///
  /// @param file the lock file, made where it is missing
  /// @param shown how messages call the share
  static ShareLock take(Object share, Path file, Path shown) throws IOException {
    if (!HERE.add(share)) {
      throw served(shown);
    }
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
              PosixFilePermissions.asFileAttribute(StagingFolder.OWNER_FILE));
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw served(shown);
        }
      } catch (Throwable e) {
        channel.close();
        throw e;
      }
      return new ShareLock(share, channel);
    } catch (Throwable e) {
      HERE.remove(share);
      throw e;
    }
  }

  private static IOException served(Path shown) {
    return new IOException(
        "the folder "
            + shown
            + " is already served by another privateshare: stop that one first, or serve another"
            + " folder");
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      HERE.remove(share);
    }
  }
}
