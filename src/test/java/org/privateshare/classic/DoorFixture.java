package org.privateshare.classic;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.privateshare.model.Visit;
import org.privateshare.net.Deadlines;
import org.privateshare.net.Listener;
import org.privateshare.net.ListenerOptions;
import org.privateshare.net.RawPeer;
import org.privateshare.share.Limits;
import org.privateshare.share.Share;
import org.privateshare.store.FolderStore;

/// A classic door to a folder, with a real listener on a real port.
final class DoorFixture implements Closeable {
  static final ClassicOptions OPTIONS = ClassicOptions.of(Callers.LOOPBACK, false);

  private final Path folder;
  private final FolderStore store;
  private final Listener listener;
  private final BlockingQueue<Visit> visits;

  private DoorFixture(
      Path folder, FolderStore store, Listener listener, BlockingQueue<Visit> visits) {
    this.folder = folder;
    this.store = store;
    this.listener = listener;
    this.visits = visits;
  }

  static DoorFixture over(Path folder) throws IOException {
    return over(folder, OPTIONS, Limits.DEFAULT, Deadlines.DEFAULT);
  }

  static DoorFixture over(Path folder, ClassicOptions options, Limits limits, Deadlines deadlines)
      throws IOException {
    FolderStore store = FolderStore.open(folder);
    BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
    ClassicDoor door = new ClassicDoor(new Share(store, limits), options, visits::add);
    Listener listener =
        new Listener(
            ListenerOptions.onPort(0).withDeadlines(deadlines).withDrain(Duration.ofSeconds(1)),
            List.of(door));
    listener.start();
    return new DoorFixture(folder, store, listener, visits);
  }

  int port() {
    return listener.port();
  }

  /// The next visit that the door reports, oldest first; waits for it.
  Visit visit() throws InterruptedException {
    return visits.take();
  }

  RawPeer connect() throws IOException {
    return connect("127.0.0.1");
  }

  RawPeer connect(String address) throws IOException {
    return RawPeer.to(address, port());
  }

  /// Everything in and beside the share that must not change, one line an entry.
  Map<String, String> snapshot() throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder.getParent())) {
      for (Path path : all.filter(path -> !path.toString().contains(".privateshare")).toList()) {
        Object identity = Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        Object modified = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        String content =
            Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.readString(path) : "";
        entries.put(path.toString(), identity + " " + modified + " " + content);
      }
    }
    return entries;
  }

  boolean isStagingEmpty() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(".privateshare/staging"))) {
      return all.findAny().isEmpty();
    }
  }

  /// Waits until the door has ended every connection by itself.
  void awaitNoConnection() {
    listener.idle(Duration.ZERO).orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    store.close();
  }
}
