package org.privateshare.share;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.model.Precondition;
import org.privateshare.model.SharePath;

/// What shall become of an upload.
///
/// @param target the name it gets; empty for a part of others, which [Uploads#join] makes a file of
/// @param length the length of the whole in bytes; empty while it isn't known
/// @param must what must hold of the name when it is published
/// @param modified the time of last change that the file gets; empty for the time it came
/// @param notes what the sender wants to be told again, by key
public record UploadPlan(
    Optional<SharePath> target,
    OptionalLong length,
    Precondition must,
    Optional<Instant> modified,
    Map<String, String> notes) {
  /// Copies the notes.
  public UploadPlan {
    notes = Map.copyOf(notes);
  }

  /// A new file of known length, and nothing more to say of it.
  public static UploadPlan of(SharePath target, long length, Precondition must) {
    return new UploadPlan(
        Optional.of(target), OptionalLong.of(length), must, Optional.empty(), Map.of());
  }

  /// The same with a time of last change.
  public UploadPlan withModified(Optional<Instant> time) {
    return new UploadPlan(target, length, must, time, notes);
  }

  /// The same with the length that was missing.
  UploadPlan withLength(long bytes) {
    return new UploadPlan(target, OptionalLong.of(bytes), must, modified, notes);
  }

  /// Where it is staged for: the root for what is never published itself.
  SharePath stagedFor() {
    return target.orElse(SharePath.ROOT);
  }
}
