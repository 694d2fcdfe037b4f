package org.privateshare.http;

/// Where an entry stands in a folder that is sorted, by whatever it is sorted.
///
/// @param isFolder whether it is among the folders
/// @param value the size, or the second of the last change; 0 where only names count
/// @param fraction the nanosecond in that second
/// @param name its name, which tells those apart that are equal in all else
record Place(boolean isFolder, long value, int fraction, String name) {
  /// One where the name alone counts.
  static Place of(String name) {
    return new Place(false, 0, 0, name);
  }
}
