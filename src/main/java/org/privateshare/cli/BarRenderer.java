package org.privateshare.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/// One line for a running transfer. From the right, what there is room for: figures, bar, name.
///
/// ```
/// holiday.mp4  45 %  365.2 MiB/s  12 s left  [=========>          ]
/// holiday.mp4  1.2 GiB  365.2 MiB/s
/// photos/  45 %  541 of 1,203 files  365.2 MiB/s  12 s left  [=========>          ]
/// ```
final class BarRenderer implements ProgressBarRenderer {
  private static final int SHORTEST_NAME = 8;
  private static final int LONGEST_NAME = 32;
  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 32;

  private final long from;

  /// @param from the bytes that have moved before, which no rate counts
  BarRenderer(long from) {
    this.from = from;
  }

  @Override
  public String render(ProgressState state, int width) {
    String figures = figures(state);
    int room = width - figures.length();
    String name = fit(state.getTaskName(), Math.clamp(room, SHORTEST_NAME, LONGEST_NAME));
    String line = name + figures;
    int bar = Math.min(LONGEST_BAR, width - line.length() - 4);
    if (!state.isIndefinite() && bar >= SHORTEST_BAR) {
      line += "  [" + bar(state.getNormalizedProgress(), bar) + "]";
    }
    // Spaces to the end: the line before may have been longer.
    return line.length() > width
        ? line.substring(0, width)
        : line + " ".repeat(width - line.length());
  }

  private String figures(ProgressState state) {
    Duration elapsed = state.getTotalElapsed();
    long moved = state.getCurrent();
    String rate = "  " + Amounts.rate(moved - from, elapsed);
    if (state.isIndefinite()) {
      return "  " + Amounts.size(moved) + rate;
    }
    long percent = Math.min(100, Math.round(100 * state.getNormalizedProgress()));
    // All is sent, but the far end has still to bring it to disk.
    String end = moved < state.getMax() ? left(state, elapsed) + " left" : "finishing";
    String files = state.getExtraMessage().isEmpty() ? "" : "  " + state.getExtraMessage();
    return "  " + percent + " %" + files + rate + "  " + end;
  }

  private String left(ProgressState state, Duration elapsed) {
    double done = Math.max(1, state.getCurrent() - from);
    double share = Math.max(0, state.getMax() - from - done) / done;
    return Amounts.roughly(Duration.ofMillis(Math.round(elapsed.toMillis() * share)));
  }

  private static String bar(double progress, int length) {
    int full = Math.clamp(Math.round(progress * length), 0, length);
    String done = "=".repeat(full);
    return full == length ? done : done + ">" + " ".repeat(length - full - 1);
  }

  /// The name, its middle left out where it is too long: its end tells the kind of file.
  private static String fit(String name, int room) {
    int points = name.codePointCount(0, name.length());
    if (points <= room) {
      return name;
    }
    int head = (room - 1) / 2;
    int tail = room - 1 - head;
    return name.substring(0, name.offsetByCodePoints(0, head))
        + "…"
        + name.substring(name.offsetByCodePoints(name.length(), -tail));
  }
}
