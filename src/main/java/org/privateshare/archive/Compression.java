package org.privateshare.archive;

import java.util.HexFormat;
import java.util.List;

/// What archives are often wrapped in, told by its first bytes.
///
/// @param name how people call it
/// @param magic its first bytes in hexadecimal
record Compression(String name, String magic) {
  private static final List<Compression> KNOWN =
      List.of(
          new Compression("gzip", "1f8b"),
          new Compression("bzip2", "425a68"),
          new Compression("xz", "fd377a585a00"),
          new Compression("zstd", "28b52ffd"),
          new Compression("lz4", "04224d18"),
          new Compression("compress", "1f9d"),
          new Compression("zip", "504b0304"));

  /// What to say of a block that should be the first one of a tar archive, after that it isn't.
  static String hint(TarBlock block) {
    String first = HexFormat.of().formatHex(block.raw(), 0, 8);
    return KNOWN.stream()
        .filter(one -> first.startsWith(one.magic))
        .map(one -> ": it is packed with " + one.name)
        .findFirst()
        .orElse("");
  }
}
