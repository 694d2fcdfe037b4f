package org.privateshare.client;

import java.time.Instant;

/// Compares times of file systems that keep them more or less exactly.
final class SameTime {
  /// What file systems count in, in nanoseconds: seconds, milliseconds, microseconds, the tenths of
  /// NTFS.
  private static final int[] UNITS = {1_000_000_000, 1_000_000, 1_000, 100, 1};

  private SameTime() {}

  /// Whether they are the same as far as the coarser one is exact.
  static boolean same(Instant one, Instant other) {
    int unit = Math.max(unit(one.getNano()), unit(other.getNano()));
    return one.getEpochSecond() == other.getEpochSecond()
        && one.getNano() / unit == other.getNano() / unit;
  }

  private static int unit(int fraction) {
    int found = 0;
    while (fraction % UNITS[found] != 0) {
      found++;
    }
    return UNITS[found];
  }
}
