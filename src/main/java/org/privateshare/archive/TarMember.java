package org.privateshare.archive;

import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;

/// What a tar archive says of a member before its bytes.
///
/// @param name as it stands there, but for the slash behind a folder's; bytes that are no UTF-8 are
///   lone surrogates here, so that they become no other name
/// @param kind what it is
/// @param size how many bytes of content follow; none behind a folder
/// @param modified when it last changed
/// @param digest what its bytes sum up to
public record TarMember(
    String name, Kind kind, long size, Optional<Instant> modified, Optional<Digest> digest) {

  /// The kinds of members.
  public enum Kind {
    /// A regular file.
    FILE,
    /// A folder.
    FOLDER,
    /// Anything else: links, devices, FIFOs, sparse files, what this reader doesn't know.
    OTHER
  }

  /// A file as archives are made of.
  public static TarMember file(String name, long size, Instant modified, Optional<Digest> digest) {
    return new TarMember(name, Kind.FILE, size, Optional.of(modified), digest);
  }

  /// A folder as archives are made of.
  public static TarMember folder(String name, Instant modified) {
    return new TarMember(name, Kind.FOLDER, 0, Optional.of(modified), Optional.empty());
  }
}
