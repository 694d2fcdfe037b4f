package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A file of this machine on its way into a share: open, with the size it had then.
public final class LocalFile implements LocalSource {
  private final Path file;
  private final FileChannel channel;
  private final long size;
  private long position;

  private LocalFile(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  /// Opens a regular file; links are followed, the file is the user's own. Anything else is refused
  /// before it is opened: opening a FIFO would wait for a writer for ever.
  public static LocalFile open(Path file) throws FileSystemException {
    try {
      requireRegular(file);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return new LocalFile(file, channel, channel.size());
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    }
  }

  /// The name that a file gets in the share unless the user chooses another: its last name here.
  ///
  /// @throws Refusal.BadName where a share could not create a file of this name
  public static String nameOf(Path file) throws Refusal.BadName {
    Path last = file.getFileName();
    SharePath path = SharePath.ROOT.child(last == null ? "" : last.toString());
    path.requirePortable();
    return path.name();
  }

  private static void requireRegular(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new FileSystemException(file.toString(), null, "a folder, not a file");
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "not a regular file");
    }
  }

  /// The file's bytes; stays this object's to close. Reading it here or by [#read] is one or the
  /// other's business.
  public FileChannel channel() {
    return channel;
  }

  /// The size in bytes when the file was opened.
  public long length() {
    return size;
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(size);
  }

  @Override
  public int read(ByteBuffer into) throws FileSystemException {
    if (position == size) {
      return -1;
    }
    int limit = into.limit();
    into.limit(into.position() + (int) Math.min(into.remaining(), size - position));
    try {
      int count = channel.read(into, position);
      position += Math.max(0, count);
      return count;
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    } finally {
      into.limit(limit);
    }
  }

  @Override
  public void requireUnchanged() throws FileSystemException {
    long now;
    try {
      now = channel.size();
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    }
    if (now != size) {
      throw new FileSystemException(
          file.toString(),
          null,
          "changed while it was sent: " + size + " bytes before, " + now + " now");
    }
  }

  @Override
  public void close() throws FileSystemException {
    try {
      channel.close();
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    }
  }
}
