package org.privateshare.model;

/// Numbers of bytes for a person's eyes.
public final class BinaryUnits {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private BinaryUnits() {}

  /// `1.5 KiB`, `365.2 MiB`: at least 1,024 bytes, in the unit that fits.
  public static String of(double bytes) {
    double value = bytes / 1024;
    int unit = 0;
    // 1023.95 would print as 1024.0.
    while (value >= 1023.95 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    long tenths = Math.round(value * 10);
    return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
  }
}
