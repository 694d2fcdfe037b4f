package org.privateshare.net;

import java.time.Duration;

/// How long a peer may keep us waiting. Time that passes on our own side (a slow disk) never
/// counts.
///
/// @param firstByte from the accept to the first byte
/// @param progress the window in which a transfer must make progress, and the longest total stall
/// @param bytesPerSecond the least rate over each such window, in either direction
public record Deadlines(Duration firstByte, Duration progress, long bytesPerSecond) {
  /// 10 s to the first byte, then at least 1 KiB/s over 60 s.
  public static final Deadlines DEFAULT =
      new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(60), 1024);

  /// Checks that each deadline is at least a millisecond.
  public Deadlines {
    if (firstByte.toMillis() < 1 || progress.toMillis() < 1 || bytesPerSecond < 0) {
      throw new IllegalArgumentException("a deadline must be at least a millisecond");
    }
  }

  /// The bytes that must move within one progress window.
  long bytesPerWindow() {
    return bytesPerSecond * progress.toMillis() / 1_000;
  }
}
