package org.privateshare.store;

import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;

/// What is known of one version of a file without reading it, at the moment of opening.
public interface FileFacts {
  /// The length in bytes. A file that is cut meanwhile ends before it, which a reader must treat as
  /// a failure, never as the end.
  long size();

  /// When the content last changed.
  Instant modified();

  /// Names this version: two equal values mean the same bytes under every change that the medium
  /// can see. Visible ASCII without quotes, fit for an entity tag.
  String version();

  /// What the bytes summed up to when they came, where the medium kept it and shows no sign that
  /// the file was changed since: the sum of the bytes that were sent, so that whoever reads others
  /// knows. No proof that the medium still holds them.
  Optional<Digest> digest();
}
