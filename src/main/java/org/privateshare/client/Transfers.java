package org.privateshare.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

  /// Sends a file of this machine, or a folder with all below it, under its own name into a folder.
  public void put(Path file, SharePath folder, IfTaken ifTaken) {
    if (Files.isDirectory(file)) {
      // The name of "." or ".." is that of the folder.
      Path named = file.toAbsolutePath().normalize();
      String name = folderName(folder, String.valueOf(named.getFileName()));
      runFolder(
          name, course -> sending(course, folder.child(LocalFile.nameOf(named))).run(tree(file)));
      return;
    }
    String name = String.valueOf(file.getFileName());
    run(
        folder.isRoot() ? name : folder + "/" + name,
        course -> sending(course).file(file, folder.child(LocalFile.nameOf(file)), ifTaken));
  }

  /// Sends a file of this machine, or a folder with all below it, under a name that the user has
  /// chosen.
  public void putAs(Path file, SharePath target, IfTaken ifTaken) {
    if (Files.isDirectory(file)) {
      runFolder(target + "/", course -> sending(course, target).run(tree(file)));
      return;
    }
    run(target.toString(), course -> sending(course).file(file, target, ifTaken));
  }

  /// Sends what comes out of a stream under a name that the user has chosen, and closes it.
  public void putAs(LocalStream stream, SharePath target, IfTaken ifTaken) {
    run(target.toString(), course -> sending(course).stream(stream, target, ifTaken));
  }

  /// Brings a file, or a folder with all below it, into `folder` under its own name, which is
  /// checked first: whatever the share calls a file, it becomes one portable name inside that
  /// folder.
  ///
  /// @param name with a slash at its end for a folder; without one it may be either
  public void get(String name, Path folder) {
    if (name.endsWith("/")) {
      runFolder(
          name,
          course -> {
            SharePath source = folderCalled(name);
            SharePath.ROOT.child(source.name()).requirePortable();
            receiving(course, source).run(folder.resolve(source.name()));
          });
      return;
    }
    run(
        name,
        course -> {
          SharePath file = fileCalled(name);
          SharePath.ROOT.child(file.name()).requirePortable();
          return receiving(course).file(file, folder.resolve(file.name()));
        },
        () -> get(name + "/", folder));
  }

  /// Brings a file, or a folder with all below it, under a name that the user has chosen.
  ///
  /// @param name as for [#get]; empty for the share itself
  public void getAs(String name, Path local) {
    if (isFolder(name)) {
      runFolder(name, course -> receiving(course, folderCalled(name)).run(followed(local)));
      return;
    }
    run(
        name,
        course -> receiving(course).file(fileCalled(name), local),
        () -> getAs(name + "/", local));
  }

  private static boolean isFolder(String name) {
    return name.isEmpty() || name.endsWith("/");
  }

  private static SharePath folderCalled(String name) throws Refusal.BadName {
    return SharePath.parse(name.isEmpty() ? name : name.substring(0, name.length() - 1));
  }

  /// A folder that the user has named may be called by a link.
  private static Path followed(Path local) throws FileSystemException {
    try {
      return Files.isDirectory(local) ? local.toRealPath() : local;
    } catch (IOException e) {
      throw LocalFailure.of(local, e);
    }
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

  private static String folderName(SharePath above, String name) {
    return (above.isRoot() ? "" : above + "/") + name + "/";
  }

  private LocalTree tree(Path top) {
    return new LocalTree(top, habits.folders().exclude());
  }

  private FolderSending sending(FolderCourse course, SharePath target) {
    return new FolderSending(remote, habits, course, target);
  }

  private Sending sending(Course course) {
    return new Sending(remote, habits, course);
  }

  private Receiving receiving(Course course) {
    return new Receiving(remote, habits, course, Optional.empty());
  }

  private FolderReceiving receiving(FolderCourse course, SharePath source) {
    return new FolderReceiving(remote, habits, course, source);
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

  /// @param asFolder what is done instead where a folder turns out to be called so
  private void run(String name, Transfer transfer, Runnable asFolder) {
    boolean isFolder = false;
    try (Course course = new Course(name, listener, pace)) {
      try {
        course.ended(transfer.run(course));
      } catch (Refusal.Missing e) {
        isFolder = e.isFolder();
        if (!isFolder) {
          course.failed(e);
        }
      } catch (IOException | Refusal e) {
        course.failed(e);
      }
    }
    if (isFolder) {
      asFolder.run();
    }
  }

  private void runFolder(String name, FolderTransfer transfer) {
    var course = new FolderCourse(name, listener, pace);
    try {
      transfer.run(course);
    } catch (IOException | Refusal e) {
      course.broken(e);
    }
    course.ended();
  }

  @FunctionalInterface
  private interface FolderTransfer {
    void run(FolderCourse course) throws Refusal, IOException;
  }

  @FunctionalInterface
  private interface Transfer {
    Outcome run(Course course) throws Refusal, IOException;
  }
}
