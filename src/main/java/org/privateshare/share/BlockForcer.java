package org.privateshare.share;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Refusal;
import org.privateshare.store.StagedFile;

/// Forces a staged file to the medium in the background, block by block, while more comes in.
///
/// One force runs at a time, on a virtual thread of its own; a block that ends while one is under
/// way waits for it, which holds a fast sender to the medium's pace: never are more than two blocks
/// of 32 MiB in the kernel's caches only. A failed force is reported at the next call and never
/// tried again. For one thread.
final class BlockForcer {
  /// What is to be done once a block is on the medium, in the background too.
  interface Note {
    void take() throws Refusal, IOException;
  }

  private final StagedFile staged;
  private @Nullable FutureTask<Void> running;

  BlockForcer(StagedFile staged) {
    this.staged = staged;
  }

  /// Starts forcing what is written so far, after the force before it has ended.
  void blockEnded(Note then) throws Refusal, IOException {
    await();
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              staged.force();
              then.take();
              return null;
            });
    running = task;
    Thread.ofVirtual().name("block-force").start(task);
  }

  /// Waits for the force under way and passes its failure on.
  void await() throws Refusal, IOException {
    Optional<Throwable> failure = settle();
    if (failure.isPresent()) {
      if (failure.get() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new IOException("cannot force the upload to disk: " + failure.get(), failure.get());
    }
  }

  /// Waits for the force under way and returns its failure. Can't be interrupted: closing the file
  /// under a running force would turn one failure into another.
  Optional<Throwable> settle() {
    FutureTask<Void> task = running;
    running = null;
    boolean interrupted = false;
    try {
      while (task != null) {
        try {
          task.get();
          return Optional.empty();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return Optional.of(Objects.requireNonNullElse(e.getCause(), e));
        }
      }
      return Optional.empty();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
