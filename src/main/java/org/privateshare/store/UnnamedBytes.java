package org.privateshare.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;

/// A staged file without any name (`O_TMPFILE`): eight system calls from its making to its name in
/// the share, a fifth of what one with a name takes, and nothing is left of it after a crash.
/// Nobody finds it again.
final class UnnamedBytes implements StagedBytes {
  private final FolderStore store;
  private final Descriptor file;

  /// Where its bytes end.
  private long size;

  /// The name that it got in the staging folder, in order to take another's place.
  private Optional<Path> staged = Optional.empty();

  /// Takes the file over.
  UnnamedBytes(FolderStore store, Descriptor file) {
    this.store = store;
    this.file = file;
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    int count = require(FileCalls.write(file.number(), from, position));
    from.position(from.position() + count);
    size = Math.max(size, position + count);
    return count;
  }

  private static int require(int result) throws IOException {
    if (result < 0) {
      throw new IOException(LibC.describe(-result));
    }
    return result;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void truncate(long length) throws IOException {
    try (FileChannel channel = open()) {
      var _ = channel.truncate(length);
    }
    size = length;
  }

  @Override
  public void setModified(Instant time) throws IOException {
    int _ = require(FileCalls.setModified(file.number(), time));
  }

  @Override
  public void copy(FileChannel from, long count, long position) throws IOException {
    try (FileChannel channel = open()) {
      NamedBytes.copy(from, count, channel, position);
    }
    size = Math.max(size, position + count);
  }

  /// For what is rare.
  private FileChannel open() throws IOException {
    return FileChannel.open(file.path(), StandardOpenOption.WRITE);
  }

  /// Where the file system has no attributes, or no room for one, there is no note.
  @Override
  public void note(Digest digest) throws IOException {
    Optional<byte[]> note = SumNote.of(file.stat(), digest);
    if (note.isPresent()) {
      int _ = FileCalls.setAttribute(file.number(), SumNote.ATTRIBUTE, note.get());
    }
  }

  @Override
  public void force() throws IOException {
    int _ = require(FileCalls.force(file.number()));
  }

  /// It was made so: no name, no way to it for others.
  @Override
  public void makePublic() {}

  @Override
  public void link(Path name) throws IOException {
    NameChange.linkUnnamed(file.number(), name);
  }

  @Override
  public void moveOver(Path name) throws IOException {
    Path own = store.freshPart();
    link(own);
    staged = Optional.of(own);
    Files.move(own, name, StandardCopyOption.ATOMIC_MOVE);
    staged = Optional.empty();
  }

  @Override
  public Optional<Stat> unstage(Held folder, String name) {
    return Optional.empty();
  }

  @Override
  public void discard() {
    staged.ifPresent(store::discard);
  }

  @Override
  public void close() {
    file.close();
  }
}
