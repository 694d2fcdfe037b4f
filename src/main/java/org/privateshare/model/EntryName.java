package org.privateshare.model;

/// What a folder knows of an entry without looking at it: its name, and which of the two it is.
///
/// @param name the name in the folder
/// @param isFolder whether it is a folder, else a file
public record EntryName(String name, boolean isFolder) {
  /// That of an entry.
  public static EntryName of(Entry entry) {
    return new EntryName(entry.name(), entry instanceof Entry.Folder);
  }
}
