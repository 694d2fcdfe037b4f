package org.privateshare.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.privateshare.model.Digest;

/// What a pax header says, as far as it matters here.
///
/// @param path the name, in bytes
/// @param size the length of the content
/// @param modified the time of last change
/// @param digest what the content sums up to
/// @param isSparse whether the content is a map of holes and what is between them
record PaxHeader(
    Optional<byte[]> path,
    OptionalLong size,
    Optional<Instant> modified,
    Optional<Digest> digest,
    boolean isSparse) {
  private static final int MOST_DIGITS_OF_SIZE = 19;
  private static final String SPARSE = "GNU.sparse.";
  private static final String SPARSE_NAME = "GNU.sparse.name";
  private static final int MOST_DIGITS = 5;

  PaxHeader() {
    this(Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), false);
  }

  /// @throws DamagedArchive where it is not to the letter
  static PaxHeader parse(byte[] bytes) throws DamagedArchive {
    PaxHeader header = new PaxHeader();
    for (int at = 0; at < bytes.length; ) {
      int end = at + length(bytes, at);
      int key = indexOf(' ', bytes, at) + 1;
      int equals = indexOf('=', bytes, key);
      if (end > bytes.length || equals >= end || bytes[end - 1] != '\n') {
        throw malformed();
      }
      header =
          header.with(
              new String(bytes, key, equals - key, ISO_8859_1),
              Arrays.copyOfRange(bytes, equals + 1, end - 1));
      at = end;
    }
    return header;
  }

  private static int length(byte[] bytes, int at) throws DamagedArchive {
    int space = indexOf(' ', bytes, at);
    String digits = new String(bytes, at, Math.min(space, bytes.length) - at, ISO_8859_1);
    if (!isNumber(digits, MOST_DIGITS)) {
      throw malformed();
    }
    int length = Integer.parseInt(digits);
    if (length <= digits.length() + 1) {
      throw malformed();
    }
    return length;
  }

  private static boolean isNumber(String text, int most) {
    return !text.isEmpty() && text.length() <= most && TarTime.isDigits(text, 0, text.length());
  }

  /// Behind the last byte where it isn't there.
  private static int indexOf(char c, byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != c) {
      at++;
    }
    return at;
  }

  private static DamagedArchive malformed() {
    return new DamagedArchive("a pax header is malformed");
  }

  /// A value without a byte takes back what was said.
  private PaxHeader with(String key, byte[] value) throws DamagedArchive {
    boolean isSaid = value.length > 0;
    return switch (key) {
      case TarBlock.PATH ->
          isSparse ? this : withPath(isSaid ? Optional.of(value) : Optional.empty());
      case TarBlock.SIZE ->
          new PaxHeader(
              path, isSaid ? number(value) : OptionalLong.empty(), modified, digest, isSparse);
      case TarBlock.MTIME ->
          new PaxHeader(
              path, size, isSaid ? Optional.of(time(value)) : Optional.empty(), digest, isSparse);
      case TarBlock.CRC32C ->
          new PaxHeader(
              path, size, modified, isSaid ? Optional.of(sum(value)) : Optional.empty(), isSparse);
      case SPARSE_NAME -> new PaxHeader(Optional.of(value), size, modified, digest, true);
      default -> key.startsWith(SPARSE) ? new PaxHeader(path, size, modified, digest, true) : this;
    };
  }

  private PaxHeader withPath(Optional<byte[]> other) {
    return new PaxHeader(other, size, modified, digest, isSparse);
  }

  private static OptionalLong number(byte[] value) throws DamagedArchive {
    String text = new String(value, ISO_8859_1);
    try {
      if (isNumber(text, MOST_DIGITS_OF_SIZE)) {
        return OptionalLong.of(Long.parseLong(text));
      }
    } catch (NumberFormatException e) {
      // 2^63 or more: the same as any other text.
    }
    throw new DamagedArchive("a pax header has a size that can't be");
  }

  private static Instant time(byte[] value) throws DamagedArchive {
    return TarTime.parse(new String(value, ISO_8859_1))
        .orElseThrow(() -> new DamagedArchive("a pax header has an mtime that is none"));
  }

  private static Digest sum(byte[] value) throws DamagedArchive {
    String text = new String(value, ISO_8859_1);
    if (!Digest.Algorithm.CRC32C.fits(text)) {
      throw new DamagedArchive("a pax header has a checksum that is none");
    }
    return new Digest(Digest.Algorithm.CRC32C, text);
  }

  /// Lets only one pass that can speak for all members to come: a name or a size can't.
  PaxHeader requireGlobal() throws DamagedArchive {
    if (path.isPresent() || size.isPresent() || digest.isPresent() || isSparse) {
      throw new DamagedArchive("a global pax header gives all members one name, size or sum");
    }
    return this;
  }

  /// What this says, and where it says nothing, what `global` does.
  PaxHeader over(PaxHeader global) {
    return modified.isPresent()
        ? this
        : new PaxHeader(path, size, global.modified, digest, isSparse);
  }
}
