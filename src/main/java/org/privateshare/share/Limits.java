package org.privateshare.share;

/// What a share takes.
///
/// @param maxFile the most bytes a single file may have
/// @param freeFloor bytes of the medium that uploads never use up
/// @param readOnly whether nothing may be changed
public record Limits(long maxFile, long freeFloor, boolean readOnly) {
  /// No bound on a file, 256 MiB kept free, writable.
  public static final Limits DEFAULT = new Limits(Long.MAX_VALUE, 256L << 20, false);

  /// Checks that no bound is negative.
  public Limits {
    if (maxFile < 0 || freeFloor < 0) {
      throw new IllegalArgumentException("negative limit");
    }
  }
}
