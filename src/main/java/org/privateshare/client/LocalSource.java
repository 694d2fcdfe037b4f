package org.privateshare.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A file of this machine on its way into a share: open, with the size it had then.
///
/// Every failure of the file itself is a `FileSystemException`. Not for several threads.
public final class LocalSource implements Closeable {
  private final String name;
  private final FileChannel channel;
  private final long size;

  private LocalSource(String name, FileChannel channel, long size) {
    this.name = name;
    this.channel = channel;
    this.size = size;
  }

  /// Opens a regular file; links are followed, the file is the user's own. Anything else is refused
  /// before it is opened: opening a FIFO would wait for a writer for ever.
  ///
  /// @throws Refusal.BadName where a share could not create a file of this name
  public static LocalSource open(Path file) throws Refusal.BadName, FileSystemException {
    String name = nameOf(file);
    try {
      requireRegular(file);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return new LocalSource(name, channel, channel.size());
    } catch (IOException e) {
      throw LocalFailure.of(file, e);
    }
  }

  /// The name that a file gets in the share: its last name here.
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

  /// The name that the file gets in the share.
  public String name() {
    return name;
  }

  /// The file's bytes; stays this object's to close.
  public FileChannel channel() {
    return channel;
  }

  /// The size in bytes when the file was opened: what will be sent, no more and no less.
  public long size() {
    return size;
  }

  /// Makes sure that the file is still as long as it was. Called after the last byte was read and
  /// before the far end is told that it has all.
  ///
  /// @throws FileSystemException where it has grown or shrunk meanwhile
  public void requireUnchanged() throws FileSystemException {
    long now;
    try {
      now = channel.size();
    } catch (IOException e) {
      throw LocalFailure.of(Path.of(name), e);
    }
    if (now != size) {
      throw new FileSystemException(
          name, null, "changed while it was sent: " + size + " bytes before, " + now + " now");
    }
  }

  @Override
  public void close() throws FileSystemException {
    try {
      channel.close();
    } catch (IOException e) {
      throw LocalFailure.of(Path.of(name), e);
    }
  }
}
