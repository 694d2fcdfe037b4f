package org.privateshare.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.model.Digest;
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

  /// Sends a file of this machine under its own name into a folder.
  public void put(Path file, SharePath folder, IfTaken ifTaken) {
    String name = String.valueOf(file.getFileName());
    run(
        folder.isRoot() ? name : folder + "/" + name,
        () -> {
          SharePath target = folder.child(LocalFile.nameOf(file));
          return send(LocalFile.open(file), target, ifTaken);
        });
  }

  /// Sends a file of this machine under a name that the user has chosen.
  public void putAs(Path file, SharePath target, IfTaken ifTaken) {
    run(target.toString(), () -> send(LocalFile.open(file), target, ifTaken));
  }

  /// Sends what comes out of a stream under a name that the user has chosen, and closes it.
  public void putAs(LocalStream stream, SharePath target, IfTaken ifTaken) {
    run(target.toString(), () -> send(stream, target, ifTaken));
  }

  private Moved send(LocalSource opened, SharePath target, IfTaken ifTaken)
      throws Refusal, IOException {
    try (LocalSource source = opened) {
      SharePath.ROOT.child(target.name()).requirePortable();
      listener.accept(new Progress.Started(target.toString(), source.size()));
      Stored stored = remote.put(source, target, ifTaken, meter(target.toString()));
      return new Moved(stored.size(), stored.digest());
    }
  }

  /// Brings a file into `folder` under its own name, which is checked first: whatever the share
  /// calls a file, it becomes one portable name inside that folder.
  public void get(String name, Path folder) {
    run(
        name,
        () -> {
          SharePath file = fileCalled(name);
          SharePath.ROOT.child(file.name()).requirePortable();
          return receive(file, folder.resolve(file.name()));
        });
  }

  /// Brings a file under a name that the user has chosen.
  public void getAs(String name, Path local) {
    run(name, () -> receive(fileCalled(name), local));
  }

  /// Brings the bytes of a file into a sink. Where that fails, bytes may have come before.
  public void getInto(String name, LocalSink sink) {
    run(name, () -> receive(fileCalled(name), sink));
  }

  private static SharePath fileCalled(String name) throws Refusal.BadName {
    SharePath file = SharePath.parse(name);
    if (file.isRoot()) {
      throw new Refusal.BadName("a name is empty");
    }
    return file;
  }

  private Moved receive(SharePath file, Path local) throws Refusal, IOException {
    // Before anybody is asked: a name that is taken here saves the transfer.
    try (LocalTarget target = LocalTarget.create(local)) {
      Moved moved = receive(file, target);
      target.publish();
      return moved;
    }
  }

  private Moved receive(SharePath file, LocalSink sink) throws Refusal, IOException {
    String name = file.toString();
    listener.accept(new Progress.Started(name, OptionalLong.empty()));
    Received received = remote.get(file, sink, meter(name));
    return new Moved(received.size(), received.digest());
  }

  private Remote.Meter meter(String name) {
    return (moved, total) -> listener.accept(new Progress.Advanced(name, moved, total));
  }

  private void run(String name, Transfer transfer) {
    long start = System.nanoTime();
    try {
      Moved moved = transfer.run();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      listener.accept(new Progress.Done(name, moved.bytes(), took, moved.digest()));
    } catch (IOException | Refusal e) {
      listener.accept(new Progress.Failed(name, e));
    }
  }

  private record Moved(long bytes, Optional<Digest> digest) {}

  @FunctionalInterface
  private interface Transfer {
    Moved run() throws Refusal, IOException;
  }
}
