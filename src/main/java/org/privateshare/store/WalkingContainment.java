package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Containment by looking at every segment, for systems where the kernel can't do it: not Linux, no
/// `/proc`, no foreign calls.
///
/// It refuses every link that is there when it looks, and looks again after each use. What it can't
/// exclude is a program on the same machine that swaps a folder for a link and back between the two
/// looks; whoever may do that can write to the share anyway.
final class WalkingContainment implements Containment {
  private final Path root;

  WalkingContainment(Path root) throws IOException {
    this.root = root.toRealPath();
  }

  @Override
  public Optional<Held> hold(List<String> segments) throws IOException {
    Optional<List<Object>> keys = walk(segments);
    return keys.map(found -> new Walked(segments, found));
  }

  /// The keys of every folder on the way and of what is at its end, or empty.
  private Optional<List<Object>> walk(List<String> segments) throws IOException {
    List<Object> keys = new ArrayList<>();
    Path at = root;
    Optional<Stat> stat = Stat.find(at, LinkOption.NOFOLLOW_LINKS);
    for (String segment : segments) {
      if (stat.isEmpty() || !stat.get().isFolder()) {
        return Optional.empty();
      }
      keys.add(stat.get().key());
      at = at.resolve(segment);
      stat = Stat.find(at, LinkOption.NOFOLLOW_LINKS);
    }
    stat.ifPresent(last -> keys.add(last.key()));
    return stat.map(last -> keys);
  }

  @Override
  public void close() {}

  private final class Walked implements Held {
    private final List<String> segments;
    private final List<Object> keys;
    private final Path path;

    Walked(List<String> segments, List<Object> keys) {
      this.segments = segments;
      this.keys = keys;
      this.path = root.resolve(String.join("/", segments));
    }

    @Override
    public Path path() {
      return path;
    }

    @Override
    public Stat stat() throws IOException {
      Stat stat = Stat.of(path, LinkOption.NOFOLLOW_LINKS);
      if (!stat.key().equals(keys.getLast())) {
        throw swapped();
      }
      return stat;
    }

    @Override
    public FileChannel channel() throws IOException {
      return confirmed(FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    public DirectoryStream<Path> entries() throws IOException {
      return confirmed(Files.newDirectoryStream(path));
    }

    private <T extends Closeable> T confirmed(T opened) throws IOException {
      try {
        confirm();
        return opened;
      } catch (IOException e) {
        opened.close();
        throw e;
      }
    }

    @Override
    public void confirm() throws IOException {
      if (!walk(segments).equals(Optional.of(keys))) {
        throw swapped();
      }
    }

    private IOException swapped() {
      return new SwappedException();
    }

    @Override
    public void close() {}
  }
}
