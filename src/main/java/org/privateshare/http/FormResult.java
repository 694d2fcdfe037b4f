package org.privateshare.http;

import org.privateshare.model.Refusal;
import org.privateshare.share.Receipt;

/// What became of one file of a form.
sealed interface FormResult {
  /// It is on the medium under its name, and a power cut loses nothing.
  record Stored(Receipt receipt) implements FormResult {}

  /// It was not published, and nothing was changed.
  ///
  /// @param name as the form says it
  record Refused(String name, Refusal why) implements FormResult {}

  /// The same as a line of JSON.
  default UnpackLine line() {
    return switch (this) {
      case Stored(Receipt(var path, long size, var digest, _, boolean replaced)) ->
          UnpackLine.stored(path, size, digest, replaced);
      case Refused(String name, Refusal why) -> UnpackLine.refused(name, why);
    };
  }
}
