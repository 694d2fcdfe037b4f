package org.privateshare.http;

import java.util.Locale;
import org.privateshare.model.BinaryUnits;

/// Numbers on a page. The page's script writes them in the same way.
final class PageAmounts {
  private PageAmounts() {}

  /// `1 byte`, `999 bytes`, `1.5 KiB`.
  static String bytes(long count) {
    if (count == 1) {
      return "1 byte";
    }
    return count < 1024 ? Math.max(0, count) + " bytes" : BinaryUnits.of((double) count);
  }

  /// `1 entry`, `1,203 entries`.
  static String entries(long count) {
    return count == 1 ? "1 entry" : String.format(Locale.ROOT, "%,d entries", count);
  }
}
