package org.privateshare.store;

import java.io.IOException;

/// Something else came into the place of a file or folder between two looks at its name. Only the
/// walk ([WalkingContainment]) depends on names that long.
final class SwappedException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_TRIES = 10;

  /// Something that only looks, and may do so again.
  interface Look<T> {
    T look() throws IOException;
  }

  SwappedException() {
    super("somebody replaced a file or folder while it was used");
  }

  /// Looks again where something was swapped: a replace of our own does that to its readers. Who
  /// meets a swap each time is told so.
  static <T> T again(Look<T> look) throws IOException {
    for (int tries = 1; tries < MAX_TRIES; tries++) {
      try {
        return look.look();
      } catch (SwappedException e) {
        // as said
      }
    }
    return look.look();
  }
}
