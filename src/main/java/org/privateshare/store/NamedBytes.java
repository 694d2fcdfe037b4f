package org.privateshare.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;

/// A staged file with a name in the staging folder, under which it is found again.
final class NamedBytes implements StagedBytes {
  private final FolderStore store;
  private final Path path;
  private final FileChannel channel;

  /// What it was just before it got its name in the share.
  private Optional<Stat> before = Optional.empty();

  /// Takes over the staged file and its open channel.
  NamedBytes(FolderStore store, Path path, FileChannel channel) {
    this.store = store;
    this.path = path;
    this.channel = channel;
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    return channel.write(from, position);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void truncate(long length) throws IOException {
    var _ = channel.truncate(length);
  }

  @Override
  public void setModified(Instant time) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(time));
  }

  @Override
  public void note(Digest digest) throws IOException {
    store.note(path, digest);
  }

  @Override
  public void copy(FileChannel from, long count, long position) throws IOException {
    copy(from, count, channel, position);
  }

  static void copy(FileChannel from, long count, FileChannel into, long position)
      throws IOException {
    var _ = into.position(position);
    long done = 0;
    while (done < count) {
      long moved = from.transferTo(done, count - done, into);
      if (moved <= 0) {
        throw new EOFException("a part is shorter than it was");
      }
      done += moved;
    }
  }

  @Override
  public void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void makePublic() throws IOException {
    store.makePublic(path);
  }

  @Override
  public void link(Path name) throws IOException {
    before = Optional.of(Stat.of(path, LinkOption.NOFOLLOW_LINKS));
    Files.createLink(name, path);
  }

  @Override
  public void moveOver(Path name) throws IOException {
    before = Optional.of(Stat.of(path, LinkOption.NOFOLLOW_LINKS));
    Files.move(path, name, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public Optional<Stat> unstage(Held folder, String name) throws IOException {
    store.discard(path);
    return Optional.of(FolderFile.published(before.orElseThrow(), folder.find(name)));
  }

  @Override
  public void discard() {
    store.discard(path);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What counts was forced before; the rest is given up.
    }
  }
}
