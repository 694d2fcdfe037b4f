package org.privateshare.client;

/// Decides what becomes of a file whose name another file has.
@FunctionalInterface
public interface Chooser {
  /// Decides for one file; called once for each whose name is taken.
  ///
  /// @param name the file's, as in the events
  Choice choose(String name);

  /// What can become of it.
  enum Choice {
    /// It fails.
    REFUSE,
    /// It takes the other's place.
    REPLACE,
    /// It gets another name.
    RENAME,
    /// It stays where it is, and so does the other.
    SKIP
  }
}
