package org.privateshare.client;

import java.io.Closeable;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One file's way in all its attempts: counts, remembers and tells.
final class Course implements Remote.Meter, Patience.Witness, Closeable {
  private final String name;
  private final Consumer<Progress> listener;
  private final long start = System.nanoTime();
  private final @Nullable Pace pace;
  private Memory memory = Memory.NONE;
  private boolean started;
  private long position;
  private long moved;

  Course(String name, Consumer<Progress> listener, @Nullable Pace pace) {
    this.name = name;
    this.listener = listener;
    this.pace = pace;
  }

  /// What the file is called in the events.
  String name() {
    return name;
  }

  /// Takes over the memory of the transfer, in the place of the one before, and looks whether there
  /// is something to go on with.
  ///
  /// @throws FileSystemException where another process works at the transfer
  Memory remember(Memory taken) throws FileSystemException {
    memory.close();
    memory = taken;
    Optional<String> _ = taken.recall();
    return taken;
  }

  /// An attempt begins, from the first byte unless [#resumed] says otherwise.
  void attempt(OptionalLong size) {
    position = 0;
    if (!started) {
      started = true;
      listener.accept(new Progress.Started(name, size));
    }
  }

  @Override
  public void resumed(long at, long total) {
    position = at;
    listener.accept(new Progress.Resumed(name, at, total));
  }

  @Override
  public void moved(long reached, OptionalLong total) {
    long more = Math.max(0, reached - position);
    moved += more;
    position = reached;
    listener.accept(new Progress.Advanced(name, reached, total));
    if (pace != null) {
      pace.moved(more);
    }
  }

  @Override
  public long moved() {
    return moved;
  }

  @Override
  public boolean goesOn() {
    return memory.isKept();
  }

  @Override
  public void waiting(Duration pause, Exception cause) {
    listener.accept(new Progress.Waiting(name, pause, cause));
  }

  void ended(Outcome outcome) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    listener.accept(
        switch (outcome) {
          case Outcome.Moved(var size, var digest, var as) ->
              new Progress.Done(name, size, moved, took, digest, as);
          case Outcome.Unchanged(var size) -> new Progress.Unchanged(name, size);
          case Outcome.Planned(var size) -> new Progress.Planned(name, size);
          case Outcome.Skipped() -> new Progress.Skipped(name);
        });
  }

  void failed(Exception cause) {
    listener.accept(new Progress.Failed(name, cause, memory.isKept()));
  }

  @Override
  public void close() {
    memory.close();
  }
}
