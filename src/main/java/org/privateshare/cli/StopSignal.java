package org.privateshare.cli;

import java.io.Closeable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// Ctrl-C, SIGTERM and the terminal's end, for a program that has to clear up first and that calls
/// such an end a good one: exit code 0, where the virtual machine would say 130 or 143.
///
/// Java tells of these signals by starting the shutdown hooks. Ours hands the word on, waits until
/// [#close()] and ends the process itself. Another signal meanwhile changes nothing.
final class StopSignal implements Closeable {
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CountDownLatch cleared = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "stop-signal");

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Completes when the process has been asked to end.
  CompletableFuture<Void> asked() {
    return asked;
  }

  private void end() {
    asked.complete(null);
    try {
      cleared.await();
    } catch (InterruptedException e) {
      // Nobody interrupts a hook; if somebody does, the end is near either way.
    }
    Runtime.getRuntime().halt(ExitCode.DONE.number());
  }

  /// Says that all is cleared up and flushed. Where a signal has come, the process ends now.
  @Override
  public void close() {
    cleared.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook is about to end the process.
    }
  }
}
