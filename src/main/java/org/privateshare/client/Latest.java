package org.privateshare.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Does jobs on a thread of its own, one at a time and always the youngest: one that has not begun
/// when the next comes is passed over. For marks, of which only the last counts, beside a transfer
/// that shall not wait for the medium.
final class Latest {
  private @Nullable Job next;
  private boolean busy;
  private @Nullable IOException failure;

  /// Something to do.
  @FunctionalInterface
  interface Job {
    void run() throws IOException;
  }

  /// Has a job done soon.
  ///
  /// @throws IOException where an earlier one has failed
  synchronized void submit(Job job) throws IOException {
    check();
    next = job;
    if (!busy) {
      busy = true;
      Thread _ = Thread.ofVirtual().name("marks").start(this::work);
    }
  }

  /// Waits until nothing is left to do.
  ///
  /// @throws IOException where a job has failed
  synchronized void await() throws IOException {
    boolean interrupted = false;
    while (busy) {
      try {
        wait();
      } catch (InterruptedException e) {
        // What was begun ends by itself; who waits here must not leave before.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    check();
  }

  private void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  private void work() {
    for (Job job = take(null); job != null; ) {
      IOException failed = null;
      try {
        job.run();
      } catch (IOException e) {
        failed = e;
      } catch (RuntimeException e) {
        // Whoever waits must learn of it.
        failed = new IOException(e);
      }
      job = take(failed);
    }
  }

  private synchronized @Nullable Job take(@Nullable IOException failed) {
    if (failed != null) {
      failure = failed;
      next = null;
    }
    Job job = next;
    next = null;
    if (job == null) {
      busy = false;
      notifyAll();
    }
    return job;
  }
}
