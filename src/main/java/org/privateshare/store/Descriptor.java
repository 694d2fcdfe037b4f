package org.privateshare.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/// An open descriptor of Linux as something held: `/proc/self/fd/N` leads to its inode and nowhere
/// else (`proc(5)`), whatever becomes of the names.
final class Descriptor implements Held {
  private static final Path ALL = Path.of("/proc/self/fd");

  private final int number;
  private final Path path;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Takes over the descriptor `number`.
  Descriptor(int number) {
    this.number = number;
    this.path = ALL.resolve(Integer.toString(number));
  }

  int number() {
    return number;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Stat stat() throws IOException {
    Optional<Stat> stat = Statx.of(number);
    return stat.isPresent() ? stat.get() : Stat.of(path);
  }

  /// One system call, where the JDK's view takes three.
  @Override
  public Optional<byte[]> attribute(String name, int most) {
    return LibC.attribute(path.toString(), "user." + name, most);
  }

  @Override
  public FileChannel channel() throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  public DirectoryStream<Path> entries() throws IOException {
    return Files.newDirectoryStream(path);
  }

  @Override
  public FolderEntries entries(Predicate<String> wanted) throws IOException {
    Optional<FolderEntries> entries = KernelEntries.of(number, wanted);
    return entries.isPresent() ? entries.get() : new JdkEntries(this, wanted);
  }

  @Override
  public void confirm() {}

  /// Closes once: a second `close(2)` could hit a stranger that got the number meanwhile.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      LibC.close(number);
    }
  }
}
