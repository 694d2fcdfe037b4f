package org.privateshare.http;

import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.Entry;

/// One row of a listing.
///
/// @param name what it is called there: its last name, or in a tree its path from the folder on
/// @param entry what it is
/// @param digest what a file sums up to, where that was asked for and could be found out
record Row(String name, Entry entry, Optional<Digest> digest) {
  /// A row without a sum.
  static Row of(String name, Entry entry) {
    return new Row(name, entry, Optional.empty());
  }
}
