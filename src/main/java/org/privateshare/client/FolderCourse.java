package org.privateshare.client;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A folder's way in all its attempts: counts and tells. One thread.
final class FolderCourse implements Patience.Witness {
  private final String name;
  private final Consumer<Progress> listener;
  private final @Nullable Pace pace;
  private final long start = System.nanoTime();

  private long files;
  private long bytes;
  private long folders;
  private long unchanged;
  private long skipped;
  private long failed;
  private long leftOut;

  private long totalFiles;
  private long totalBytes;
  private long settled;
  private long position;
  private long moved;

  FolderCourse(String name, Consumer<Progress> listener, @Nullable Pace pace) {
    this.name = name;
    this.listener = listener;
    this.pace = pace;
    listener.accept(new Progress.FolderStarted(name));
  }

  /// Says how much there is to move.
  void total(long moreFiles, long moreBytes) {
    totalFiles = moreFiles;
    totalBytes = moreBytes;
    advanced();
  }

  /// So many bytes more have moved.
  void moved(long count) {
    moved += count;
    position += count;
    advanced();
    if (pace != null) {
      pace.moved(count);
    }
  }

  /// So many bytes have moved for nothing.
  void lost(long count) {
    position -= count;
  }

  /// One file that was to be moved is settled.
  void settled() {
    settled++;
    advanced();
  }

  private void advanced() {
    listener.accept(new Progress.FolderAdvanced(name, settled, position, totalFiles, totalBytes));
  }

  /// Something was made that has no bytes.
  void madeFolder() {
    folders++;
  }

  /// Tells what has become of a file or folder, or what would.
  void tell(Progress event) {
    switch (event) {
      case Progress.Done done -> {
        files++;
        bytes += done.bytes();
      }
      case Progress.Planned planned when planned.name().endsWith("/") -> folders++;
      case Progress.Planned planned -> {
        files++;
        bytes += planned.bytes();
      }
      case Progress.Unchanged u -> unchanged++;
      case Progress.Skipped s -> skipped++;
      case Progress.Failed f -> failed++;
      case Progress.LeftOut l -> leftOut++;
      default -> {}
    }
    listener.accept(event);
  }

  /// Tells that a file or folder failed.
  void failed(String path, Exception cause) {
    tell(new Progress.Failed(path, cause, false));
  }

  /// The course of one large file in the folder.
  Course file(String path) {
    var position = new long[1];
    return new Course(
        path,
        event -> {
          tell(event);
          long before = position[0];
          switch (event) {
            case Progress.Advanced advanced -> position[0] = advanced.moved();
            case Progress.Resumed resumed -> position[0] = resumed.at();
            default -> {}
          }
          this.position += position[0] - before;
          if (position[0] != before) {
            advanced();
          }
        },
        pace);
  }

  @Override
  public long moved() {
    return moved;
  }

  @Override
  public boolean goesOn() {
    return files > 0;
  }

  @Override
  public void waiting(Duration pause, Exception cause) {
    listener.accept(new Progress.Waiting(name, pause, cause));
  }

  /// The folder as a whole could not be moved, or not to its end.
  void broken(Exception cause) {
    tell(new Progress.Failed(name, cause, files > 0));
  }

  void ended() {
    var sum = new FolderSum(files, bytes, folders, unchanged, skipped, failed, leftOut);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    listener.accept(new Progress.FolderDone(name, sum, took));
  }
}
