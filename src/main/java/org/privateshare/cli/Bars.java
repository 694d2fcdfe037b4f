package org.privateshare.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.Progress;
import org.privateshare.model.Printable;

/// Shows a bar while a file or folder takes longer than a moment and standard error is a terminal;
/// the bar is gone before `next` gets the file's last word. A run of small files never pays for it.
final class Bars implements Consumer<Progress> {
  private static final long A_MOMENT = Duration.ofMillis(700).toNanos();
  private static final int REDRAW_MILLIS = 200;

  private final Shell shell;
  private final Consumer<Progress> next;
  private long started;
  private long from;
  private boolean inFolder;
  private @Nullable OptionalInt width;
  private @Nullable ProgressBar bar;

  Bars(Shell shell, Consumer<Progress> next) {
    this.shell = shell;
    this.next = next;
  }

  @Override
  public void accept(Progress progress) {
    if (inFolder) {
      acceptInFolder(progress);
    } else {
      acceptAlone(progress);
    }
    next.accept(progress);
  }

  private void acceptAlone(Progress progress) {
    switch (progress) {
      case Progress.Started s -> restart(0);
      case Progress.Resumed resumed -> restart(resumed.at());
      case Progress.Waiting w -> restart(0);
      case Progress.Advanced(var name, var moved, var total) -> advance(name, moved, total, "");
      case Progress.FolderStarted s -> {
        inFolder = true;
        restart(0);
      }
      case Progress.Done _,
          Progress.Unchanged _,
          Progress.Skipped _,
          Progress.Failed _,
          Progress.Planned _,
          Progress.LeftOut _,
          Progress.FolderAdvanced _,
          Progress.FolderDone _ ->
          clear();
    }
  }

  /// One bar for all; it makes room for what is said meanwhile.
  private void acceptInFolder(Progress progress) {
    switch (progress) {
      case Progress.FolderAdvanced(var name, var files, var bytes, var most, var total) ->
          advance(name, bytes, OptionalLong.of(total), Amounts.count(files, most) + " files");
      case Progress.FolderDone d -> {
        inFolder = false;
        clear();
      }
      case Progress.Waiting _, Progress.Failed _, Progress.LeftOut _, Progress.Planned _ -> clear();
      case Progress.Started _,
          Progress.Resumed _,
          Progress.Advanced _,
          Progress.Done _,
          Progress.Unchanged _,
          Progress.Skipped _,
          Progress.FolderStarted _ -> {}
    }
  }

  /// The rate is of what moves from now on, whatever has moved before.
  private void restart(long at) {
    clear();
    started = System.nanoTime();
    from = at;
  }

  private void advance(String name, long moved, OptionalLong total, String files) {
    if (bar == null && System.nanoTime() - started > A_MOMENT) {
      bar = open(name, total);
    }
    if (bar != null) {
      bar.stepTo(moved).setExtraMessage(files);
    }
  }

  private @Nullable ProgressBar open(String name, OptionalLong total) {
    if (width == null) {
      width = shell.width().get();
    }
    if (width.isEmpty()) {
      return null;
    }
    Duration before = Duration.ofNanos(System.nanoTime() - started);
    return new ProgressBarBuilder()
        .setTaskName(Printable.escape(name))
        .setInitialMax(total.orElse(-1))
        .startsFrom(from, before)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setRenderer(new BarRenderer(from))
        // One column stays free: a full line would wrap on some terminals.
        .setConsumer(new OneLine(shell.err(), width.getAsInt() - 1))
        .clearDisplayOnFinish()
        .build();
  }

  private void clear() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /// A line that is gone in the end; the library would go on to the next one.
  private static final class OneLine extends ConsoleProgressBarConsumer {
    private final PrintStream out;

    OneLine(PrintStream out, int width) {
      super(out, width);
      this.out = out;
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
