package org.privateshare.archive;

import java.io.IOException;

/// The bytes are no archive, not a whole one, or one that says two things at once.
public final class DamagedArchive extends IOException {
  private static final long serialVersionUID = 1L;

  /// Says what is wrong, to whoever made the archive.
  DamagedArchive(String message) {
    super(message);
  }

  /// What is wrong, for a person.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
