package org.privateshare.share;

import java.util.List;
import org.privateshare.access.Capability;
import org.privateshare.access.KeyId;

/// Whose an upload is: what of a key outlives the request.
///
/// @param id the key
/// @param ancestors the keys it descends from, the owner's first
/// @param label what people call it
public record Uploader(KeyId id, List<KeyId> ancestors, String label) {
  /// Copies the ancestors.
  public Uploader {
    ancestors = List.copyOf(ancestors);
  }

  /// The one who shows the key `key`.
  public static Uploader of(Capability key) {
    return new Uploader(key.id(), key.ancestors(), key.terms().label());
  }

  /// Whether `viewer` is this key or one that it descends from, and so sees what this one sends.
  boolean isSeenBy(KeyId viewer) {
    return id.equals(viewer) || ancestors.contains(viewer);
  }
}
