package org.privateshare.cli;

import java.io.Closeable;
import java.util.function.BooleanSupplier;

/// Says on Ctrl-C and SIGTERM that nothing is lost, where that is so. The exit code stays the
/// virtual machine's: 130 or 143.
final class InterruptNotice implements Closeable {
  private final Thread hook;

  /// @param kept whether the same command would go on where this one was stopped
  InterruptNotice(Shell shell, BooleanSupplier kept) {
    this.hook =
        new Thread(
            () -> {
              if (kept.getAsBoolean()) {
                shell.complain("interrupted; " + Explain.GOES_ON);
              }
            },
            "interrupt-notice");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It is being said.
    }
  }
}
