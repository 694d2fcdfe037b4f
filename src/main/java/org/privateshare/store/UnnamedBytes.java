package org.privateshare.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A staged file without any name (`O_TMPFILE`): a third fewer system calls than one with, and
/// nothing is left of it after a crash. Nobody finds it again, and it can take no other's place.
final class UnnamedBytes implements StagedBytes {
  private final Descriptor file;
  private final FileChannel channel;

  private UnnamedBytes(Descriptor file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Takes the file over.
  static UnnamedBytes of(Descriptor file) throws IOException {
    try {
      return new UnnamedBytes(file, FileChannel.open(file.path(), StandardOpenOption.WRITE));
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  @Override
  public FileChannel channel() {
    return channel;
  }

  @Override
  public Path path() {
    return file.path();
  }

  /// It was made so: no name, no way to it for others.
  @Override
  public void makePublic() {}

  @Override
  public void link(Path name) throws IOException {
    NameChange.linkUnnamed(file.number(), name);
  }

  @Override
  public void moveOver(Path name) {
    throw new IllegalStateException("what has no name can't be renamed");
  }

  @Override
  public String unstage(Held folder, String name) throws IOException {
    return FolderFile.version(file.stat());
  }

  @Override
  public void discard() {}

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What counts was forced before; the rest is given up.
    } finally {
      file.close();
    }
  }
}
