package org.privateshare.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A run of transfers, one after the other, each told as events. A file that fails ends in
/// [Progress.Failed], never in an exception, so that the next one gets its turn.
///
/// The events are told on the calling thread; the listener must not throw.
public final class Transfers {
  private final Remote remote;
  private final Consumer<Progress> listener;

  /// Transfers to and from `remote`, told to `listener`.
  public Transfers(Remote remote, Consumer<Progress> listener) {
    this.remote = remote;
    this.listener = listener;
  }

  /// Sends a file of this machine under its own name.
  public void put(Path file) {
    String shown = String.valueOf(file.getFileName());
    run(shown, () -> send(file));
  }

  private long send(Path file) throws Refusal, IOException {
    try (LocalSource source = LocalSource.open(file)) {
      OptionalLong size = OptionalLong.of(source.size());
      listener.accept(new Progress.Started(source.name(), size));
      remote.put(source, meter(source.name()));
      return source.size();
    }
  }

  /// Brings a file into `folder` under its own name, which is checked first: whatever the share
  /// calls a file, it becomes one portable name inside that folder.
  public void get(String name, Path folder) {
    run(
        name,
        () -> {
          SharePath file = fileCalled(name);
          file.requirePortable();
          return receive(file, folder.resolve(file.name()));
        });
  }

  /// Brings a file under a name that the user has chosen.
  public void getAs(String name, Path local) {
    run(name, () -> receive(fileCalled(name), local));
  }

  private static SharePath fileCalled(String name) throws Refusal.BadName {
    SharePath file = SharePath.parse(name);
    if (file.isRoot()) {
      throw new Refusal.BadName("a name is empty");
    }
    return file;
  }

  private long receive(SharePath file, Path local) throws Refusal, IOException {
    String name = file.toString();
    listener.accept(new Progress.Started(name, OptionalLong.empty()));
    try (LocalTarget target = LocalTarget.create(local)) {
      remote.get(file, target, meter(name));
      target.publish();
      return target.size();
    }
  }

  private Remote.Meter meter(String name) {
    return (moved, total) -> listener.accept(new Progress.Advanced(name, moved, total));
  }

  private void run(String name, Transfer transfer) {
    long start = System.nanoTime();
    try {
      long bytes = transfer.run();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      listener.accept(new Progress.Done(name, bytes, took));
    } catch (IOException | Refusal e) {
      listener.accept(new Progress.Failed(name, e));
    }
  }

  @FunctionalInterface
  private interface Transfer {
    /// The bytes that have moved.
    long run() throws Refusal, IOException;
  }
}
