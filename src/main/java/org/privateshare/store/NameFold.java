package org.privateshare.store;

import java.text.Normalizer;
import java.util.Locale;

/// Tells twins: names that some file system, or the person who reads them, takes for the same.
///
/// Two names are twins where canonical caseless matching (Unicode 16 section 3.13, D145: NFD, case
/// folding, NFD) makes them equal: they differ by case or by canonically equivalent spelling only.
/// That joins what APFS, HFS+, NTFS and the case-insensitive folders of ext4 and ZFS take for one
/// name. The JDK has no case folding, but the full mappings of the root locale down, up and down
/// again give the same classes, except that they join the dotless i with the i: the safe side.
final class NameFold {
  private NameFold() {}

  /// The form in which twins are equal. Pure.
  static String fold(String name) {
    if (isAscii(name)) {
      return name.toLowerCase(Locale.ROOT);
    }
    String lower = Normalizer.normalize(name, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    String again = lower.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(again, Normalizer.Form.NFD);
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
