package org.privateshare.client;

/// What a put does where the name is taken.
public enum IfTaken {
  /// It is refused, the file there stays as it is.
  REFUSE,
  /// The file there goes into the share's history and the new one takes its place.
  REPLACE
}
