package org.privateshare.share;

import java.time.Duration;

/// What a share takes.
///
/// @param maxFile the most bytes a single file may have
/// @param freeFloor bytes of the medium that uploads never use up
/// @param readOnly whether nothing may be changed
/// @param keepUnfinished how long an upload that was cut off is kept after its last byte
public record Limits(long maxFile, long freeFloor, boolean readOnly, Duration keepUnfinished) {
  /// How long an unfinished upload is kept unless said otherwise.
  public static final Duration KEEP_UNFINISHED = Duration.ofDays(7);

  /// No bound on a file, 256 MiB kept free, writable.
  public static final Limits DEFAULT = new Limits(Long.MAX_VALUE, 256L << 20, false);

  /// The same, with unfinished uploads kept for the usual time.
  public Limits(long maxFile, long freeFloor, boolean readOnly) {
    this(maxFile, freeFloor, readOnly, KEEP_UNFINISHED);
  }

  /// Checks that no bound is negative.
  public Limits {
    if (maxFile < 0 || freeFloor < 0 || keepUnfinished.isNegative()) {
      throw new IllegalArgumentException("negative limit");
    }
  }
}
