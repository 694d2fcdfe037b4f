package org.privateshare.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

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
  public FileChannel channel() {
    return channel;
  }

  @Override
  public Path path() {
    return path;
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
  public String unstage(Held folder, String name) throws IOException {
    store.discard(path);
    return FolderFile.version(before.orElseThrow(), folder.find(name));
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
