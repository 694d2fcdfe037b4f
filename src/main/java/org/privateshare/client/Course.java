package org.privateshare.client;

import java.io.Closeable;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// One file's way in all its attempts: counts, remembers and tells.
final class Course implements Remote.Meter, Patience.Witness, Closeable {
  private final String name;
  private final Consumer<Progress> listener;
  private final long start = System.nanoTime();
  private Memory memory = Memory.NONE;
  private boolean started;
  private long position;
  private long moved;

  Course(String name, Consumer<Progress> listener) {
    this.name = name;
    this.listener = listener;
  }

  /// Takes over the memory of the transfer.
  Memory remember(Memory taken) {
    memory = taken;
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
    moved += Math.max(0, reached - position);
    position = reached;
    listener.accept(new Progress.Advanced(name, reached, total));
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

  void done(Received file) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    listener.accept(new Progress.Done(name, file.size(), moved, took, file.digest()));
  }

  void failed(Exception cause) {
    listener.accept(new Progress.Failed(name, cause, memory.isKept()));
  }

  @Override
  public void close() {
    memory.close();
  }
}
