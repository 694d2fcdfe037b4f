package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A run of transfers, one after the other, each told as events. A file that fails ends in
/// [Progress.Failed], never in an exception, so that the next one gets its turn.
///
/// What the network breaks off is tried again, and goes on where it was, as the [Habits] say.
/// Streams are tried once: what has gone through one can't be had again.
///
/// The events are told on the calling thread; the listener must not throw.
public final class Transfers {
  private final Remote remote;
  private final Consumer<Progress> listener;
  private final Habits habits;

  /// Transfers to and from `remote`, told to `listener`.
  public Transfers(Remote remote, Consumer<Progress> listener, Habits habits) {
    this.remote = remote;
    this.listener = listener;
    this.habits = habits;
  }

  /// Sends a file of this machine under its own name into a folder.
  public void put(Path file, SharePath folder, IfTaken ifTaken) {
    String name = String.valueOf(file.getFileName());
    run(
        folder.isRoot() ? name : folder + "/" + name,
        course -> sendFile(file, folder.child(LocalFile.nameOf(file)), ifTaken, course));
  }

  /// Sends a file of this machine under a name that the user has chosen.
  public void putAs(Path file, SharePath target, IfTaken ifTaken) {
    run(target.toString(), course -> sendFile(file, target, ifTaken, course));
  }

  /// Sends what comes out of a stream under a name that the user has chosen, and closes it.
  public void putAs(LocalStream stream, SharePath target, IfTaken ifTaken) {
    run(target.toString(), course -> send(stream, target, ifTaken, course));
  }

  private Received sendFile(Path file, SharePath target, IfTaken ifTaken, Course course)
      throws Refusal, IOException {
    return habits
        .patience()
        .until(course, () -> send(LocalFile.open(file), target, ifTaken, course));
  }

  private Received send(LocalSource opened, SharePath target, IfTaken ifTaken, Course course)
      throws Refusal, IOException {
    try (LocalSource source = opened) {
      SharePath.ROOT.child(target.name()).requirePortable();
      course.attempt(source.size());
      Stored stored = remote.put(source, target, ifTaken, course);
      return new Received(stored.size(), stored.digest());
    }
  }

  /// Brings a file into `folder` under its own name, which is checked first: whatever the share
  /// calls a file, it becomes one portable name inside that folder.
  public void get(String name, Path folder) {
    run(
        name,
        course -> {
          SharePath file = fileCalled(name);
          SharePath.ROOT.child(file.name()).requirePortable();
          return receive(file, folder.resolve(file.name()), course);
        });
  }

  /// Brings a file under a name that the user has chosen.
  public void getAs(String name, Path local) {
    run(name, course -> receive(fileCalled(name), local, course));
  }

  /// Brings the bytes of a file into a sink. Where that fails, bytes may have come before.
  public void getInto(String name, LocalSink sink) {
    run(
        name,
        course -> {
          SharePath file = fileCalled(name);
          course.attempt(OptionalLong.empty());
          return remote.get(file, sink, course);
        });
  }

  private static SharePath fileCalled(String name) throws Refusal.BadName {
    SharePath file = SharePath.parse(name);
    if (file.isRoot()) {
      throw new Refusal.BadName("a name is empty");
    }
    return file;
  }

  private Received receive(SharePath file, Path local, Course course) throws Refusal, IOException {
    LocalTarget.requireFree(local);
    Memory memory =
        course.remember(habits.memories().of("get", file + "\n" + local.toAbsolutePath()));
    if (habits.restart()) {
      LocalTarget.drop(local, memory);
    }
    return habits.patience().until(course, () -> attempt(file, local, memory, course));
  }

  private Received attempt(SharePath file, Path local, Memory memory, Course course)
      throws Refusal, IOException {
    try (LocalTarget target = LocalTarget.create(local, memory)) {
      course.attempt(OptionalLong.empty());
      try {
        Received received = remote.get(file, target, course);
        target.publish();
        return received;
      } catch (Refusal.Missing | Refusal.Mismatch | FileAlreadyExistsException e) {
        // There is nothing to go on with.
        target.discard();
        throw e;
      }
    }
  }

  private void run(String name, Transfer transfer) {
    try (Course course = new Course(name, listener)) {
      try {
        course.done(transfer.run(course));
      } catch (IOException | Refusal e) {
        course.failed(e);
      }
    }
  }

  @FunctionalInterface
  private interface Transfer {
    Received run(Course course) throws Refusal, IOException;
  }
}
