package org.privateshare.client;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.privateshare.archive.TarMember;
import org.privateshare.model.Digest;

/// A file or folder as a member of an archive, whole in memory.
///
/// @param name the path from the archive's folder on; empty for that folder itself
/// @param content of a file; empty for a folder
public record Parcel(String name, Instant modified, Optional<Content> content) {
  /// The bytes of a file.
  ///
  /// @param bytes all of them; whoever reads them duplicates the buffer
  /// @param digest their CRC-32C
  public record Content(ByteBuffer bytes, Digest digest) {}

  /// What an archive says of it before its bytes.
  TarMember member() {
    return content.isPresent()
        ? TarMember.file(name, size(), modified, Optional.of(content.get().digest()))
        : TarMember.folder(name.isEmpty() ? "." : name, modified);
  }

  /// How many bytes it has.
  public long size() {
    return content.isPresent() ? content.get().bytes().remaining() : 0;
  }
}
