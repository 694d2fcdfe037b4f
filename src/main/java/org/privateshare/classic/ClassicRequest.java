package org.privateshare.classic;

import org.privateshare.model.SharePath;

/// What a classic connection asks for. Names are single segments.
sealed interface ClassicRequest {
  /// Upload of a new file.
  record Put(SharePath file) implements ClassicRequest {}

  /// Download of a file.
  record Get(SharePath file) implements ClassicRequest {}

  /// The names of all files.
  record Names() implements ClassicRequest {}
}
