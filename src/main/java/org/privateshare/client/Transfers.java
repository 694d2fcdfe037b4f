package org.privateshare.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A run of transfers, one after the other, each told as events. A file that fails ends in
/// [Progress.Failed], never in an exception, so that the next one gets its turn.
///
/// What the network breaks off is tried again, and goes on where it was, as the [Habits] say. A
/// file that is there already is not moved again.
///
/// The events are told on the calling thread; the listener must not throw.
public final class Transfers {
  private final Remote remote;
  private final Consumer<Progress> listener;
  private final Habits habits;
  private final @Nullable Pace pace;

  /// Transfers to and from `remote`, told to `listener`.
  public Transfers(Remote remote, Consumer<Progress> listener, Habits habits) {
    this.remote = remote;
    this.listener = listener;
    this.habits = habits;
    this.pace =
        habits.bytesPerSecond().isPresent()
            ? new Pace(habits.bytesPerSecond().getAsLong(), Patience.Clock.REAL)
            : null;
  }

  /// Sends a file of this machine under its own name into a folder.
  public void put(Path file, SharePath folder, IfTaken ifTaken) {
    String name = String.valueOf(file.getFileName());
    run(
        folder.isRoot() ? name : folder + "/" + name,
        course -> sending(course).file(file, folder.child(LocalFile.nameOf(file)), ifTaken));
  }

  /// Sends a file of this machine under a name that the user has chosen.
  public void putAs(Path file, SharePath target, IfTaken ifTaken) {
    run(target.toString(), course -> sending(course).file(file, target, ifTaken));
  }

  /// Sends what comes out of a stream under a name that the user has chosen, and closes it.
  public void putAs(LocalStream stream, SharePath target, IfTaken ifTaken) {
    run(target.toString(), course -> sending(course).stream(stream, target, ifTaken));
  }

  /// Brings a file into `folder` under its own name, which is checked first: whatever the share
  /// calls a file, it becomes one portable name inside that folder.
  public void get(String name, Path folder) {
    run(
        name,
        course -> {
          SharePath file = fileCalled(name);
          SharePath.ROOT.child(file.name()).requirePortable();
          return receiving(course).file(file, folder.resolve(file.name()));
        });
  }

  /// Brings a file under a name that the user has chosen.
  public void getAs(String name, Path local) {
    run(name, course -> receiving(course).file(fileCalled(name), local));
  }

  /// Brings the bytes of a file into a sink. Where that fails, bytes may have come before.
  public void getInto(String name, LocalSink sink) {
    run(name, course -> receiving(course).into(sink, fileCalled(name)));
  }

  private static SharePath fileCalled(String name) throws Refusal.BadName {
    SharePath file = SharePath.parse(name);
    if (file.isRoot()) {
      throw new Refusal.BadName("a name is empty");
    }
    return file;
  }

  private Sending sending(Course course) {
    return new Sending(remote, habits, course);
  }

  private Receiving receiving(Course course) {
    return new Receiving(remote, habits, course);
  }

  private void run(String name, Transfer transfer) {
    try (Course course = new Course(name, listener, pace)) {
      try {
        course.ended(transfer.run(course));
      } catch (IOException | Refusal e) {
        course.failed(e);
      }
    }
  }

  @FunctionalInterface
  private interface Transfer {
    Outcome run(Course course) throws Refusal, IOException;
  }
}
