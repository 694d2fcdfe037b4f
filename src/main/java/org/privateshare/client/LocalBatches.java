package org.privateshare.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Gives files that have come whole their names, many at a time: each is staged beside its name as
/// `.TAG.N.part`, forced and linked, several at once, and then each folder that has got a name is
/// forced, once. Only then is anything said of them. While one batch is brought to the medium, the
/// next one is gathered.
///
/// One thread adds; it is told too.
final class LocalBatches implements Closeable {
  private static final int MOST_FILES = 256;
  private static final long MOST_BYTES = 8 << 20;
  private static final int AT_ONCE = 8;
  private static final int PIECE = 1 << 18;

  private final String tag;
  private final Told told;
  private final Publisher publisher = new Publisher(Files::createLink);
  private final AtomicLong count = new AtomicLong();
  private final Set<Path> staged = ConcurrentHashMap.newKeySet();
  private final Thread exitHook = new Thread(this::removeStaged, "remove-staging-files");
  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().factory());

  private List<Whole> gathered = new ArrayList<>();
  private long bytes;
  private Batch underWay = new Batch(List.of(), List.of(), Map.of());

  /// A file that has come.
  ///
  /// @param local the name that it shall get; its folder is there
  record Whole(Listed asked, Path local, Parcel parcel, IfTaken ifTaken) {}

  /// Is told what has become of a file.
  @FunctionalInterface
  interface Told {
    /// Called once for each.
    ///
    /// @param failure why it hasn't got its name; empty where it has, for good
    void settled(Whole file, Optional<FileSystemException> failure);
  }

  /// @param work what publishes them
  /// @param failures by the numbers of the files, once the work is done
  private record Batch(
      List<Whole> files, List<Future<?>> work, Map<Integer, FileSystemException> failures) {}

  /// @param tag tells staging files of this transfer from all others
  LocalBatches(String tag, Told told) {
    this.tag = tag;
    this.told = told;
    Runtime.getRuntime().addShutdownHook(exitHook);
  }

  /// Whether a file was staged by a transfer of that tag.
  static boolean isStaged(String name, String tag) {
    return name.startsWith("." + tag + ".") && name.endsWith(".part");
  }

  /// Takes a file.
  void add(Whole file) throws FileSystemException {
    gathered.add(file);
    bytes += file.parcel().size();
    if (gathered.size() >= MOST_FILES || bytes >= MOST_BYTES) {
      begin();
    }
  }

  /// Sees to it that all files that were taken are settled.
  void flush() throws FileSystemException {
    begin();
    begin();
  }

  /// Begins a batch, and then waits for the one before.
  private void begin() throws FileSystemException {
    List<Whole> files = gathered;
    Map<Integer, FileSystemException> failures = new ConcurrentHashMap<>();
    List<Future<?>> work = new ArrayList<>();
    for (int n = 0; n < Math.min(AT_ONCE, files.size()); n++) {
      int first = n;
      work.add(
          threads.submit(
              () -> {
                for (int i = first; i < files.size(); i += AT_ONCE) {
                  int number = i;
                  publish(files.get(i)).ifPresent(e -> failures.put(number, e));
                }
              }));
    }
    gathered = new ArrayList<>();
    bytes = 0;
    Batch before = underWay;
    underWay = new Batch(files, work, failures);
    settle(before);
  }

  private void settle(Batch batch) throws FileSystemException {
    batch.work().forEach(LocalBatches::await);
    Set<Path> folders = new LinkedHashSet<>();
    for (int n = 0; n < batch.files().size(); n++) {
      if (!batch.failures().containsKey(n)) {
        folders.add(folderOf(batch.files().get(n).local()));
      }
    }
    for (Path folder : folders) {
      force(folder);
    }
    for (int n = 0; n < batch.files().size(); n++) {
      told.settled(batch.files().get(n), Optional.ofNullable(batch.failures().get(n)));
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("a file in no folder");
    }
    return folder;
  }

  private static void await(Future<?> work) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          var _ = work.get();
          return;
        } catch (InterruptedException e) {
          // What was begun ends by itself.
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Optional<FileSystemException> publish(Whole file) {
    try {
      Path part = file.local().resolveSibling("." + tag + "." + count.incrementAndGet() + ".part");
      boolean _ = staged.add(part);
      try {
        stage(file.parcel(), part);
        switch (file.ifTaken()) {
          case REFUSE -> publisher.publish(part, file.local());
          case REPLACE -> {
            Path _ =
                Files.move(
                    part,
                    file.local(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
          }
        }
      } finally {
        boolean _ = Files.deleteIfExists(part);
        boolean _ = staged.remove(part);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(LocalFailure.of(file.local(), e));
    }
  }

  private static void stage(Parcel parcel, Path part) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      var bytes = parcel.content().orElseThrow().bytes().duplicate();
      while (bytes.hasRemaining()) {
        // The virtual machine keeps a buffer of this size for each thread that writes.
        ByteBuffer piece = bytes.slice(bytes.position(), Math.min(PIECE, bytes.remaining()));
        bytes.position(bytes.position() + channel.write(piece));
      }
      // Without the one time the other would be asked for first.
      FileTime now = FileTime.fromMillis(System.currentTimeMillis());
      Files.getFileAttributeView(part, BasicFileAttributeView.class)
          .setTimes(FileTime.from(parcel.modified()), now, null);
      channel.force(true);
    }
  }

  /// Makes names in a folder survive a power cut. A folder can't be opened on every system
  /// (Windows); where it can't, nothing needs forcing.
  static void force(Path folder) throws FileSystemException {
    FileChannel opened;
    try {
      opened = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (opened) {
      opened.force(true);
    } catch (IOException e) {
      throw LocalFailure.of(folder, e);
    }
  }

  /// Drops what was not settled. May be called again.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    removeStaged();
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException ending) {
      // The process is ending; the hook runs or has run.
    }
  }

  private void removeStaged() {
    for (Path part : staged) {
      try {
        boolean _ = Files.deleteIfExists(part);
      } catch (IOException e) {
        // Nobody is left to be told; the name says that it is a part.
      }
    }
  }
}
