package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BarRendererTest {
  @Test
  void aWideLineHoldsNameFiguresAndBar() {
    assertThat(line("holiday.mp4", 50L << 20, 100L << 20, 79))
        .matches("holiday\\.mp4  50 %  \\S+ MiB/s  10 s left  \\[=+> +] *");
  }

  @Test
  void aNarrowLineHoldsTheFiguresAndWhatFitsOfTheName() {
    assertThat(line("the-very-long-name-of-a-holiday.mp4", 50L << 20, 100L << 20, 39))
        .matches("the-v….+\\.mp4  50 %  \\S+ MiB/s  10 s left *");
  }

  @Test
  void withoutATotalItCounts() {
    assertThat(line("holiday.mp4", 50L << 20, -1, 79))
        .matches("holiday\\.mp4  50\\.0 MiB  \\S+ MiB/s *");
  }

  @Test
  void whenAllIsSentTheFarEndIsWaitedFor() {
    assertThat(line("holiday.mp4", 9, 9, 79)).contains("100 %").contains("finishing");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 39, 60, 79, 200})
  void everyLineFillsTheWidthSoThatNothingOfTheLastOneStays(int width) {
    assertThat(line("holiday.mp4", 1, 100L << 20, width)).hasSize(width);
    assertThat(line("a", 1, -1, width)).hasSize(width);
  }

  /// What a bar that has run for ten seconds shows last.
  private static String line(String name, long moved, long total, int width) {
    List<String> lines = new ArrayList<>();
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total)
            .startsFrom(0, Duration.ofSeconds(10))
            .setUpdateIntervalMillis(60_000)
            .setRenderer(new BarRenderer(0))
            .setConsumer(new DelegatingProgressBarConsumer(lines::add, width))
            .build()) {
      bar.stepTo(moved);
      bar.refresh();
    }
    return lines.getLast();
  }
}
