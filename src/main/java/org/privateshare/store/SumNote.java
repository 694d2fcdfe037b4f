package org.privateshare.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.Moment;

/// The CRC-32C of a file, noted beside its content so that a download can tell it without reading
/// the file first. Goes along with the file when it is renamed, and with a copy that takes the
/// attributes along.
///
/// The extended attribute `user.privateshare.crc32c` (`xattr(7)`) holds ASCII text: the sum in 8
/// lower-case hexadecimal digits, the size in bytes, the time of the last change in UTC (ISO 8601,
/// as precise as the file system has it):
///
/// ```text
/// e3069283 9 2026-01-02T03:04:05.678901234Z
/// ```
///
/// The note counts only for a file that still has that very size and time: whoever changes the
/// content without setting the time back makes it void. Where the file system knows no attributes
/// there is no note, which is no failure.
final class SumNote {
  private static final String NAME = "privateshare.crc32c";

  /// The attribute with its namespace.
  static final String ATTRIBUTE = "user." + NAME;

  private static final int MAX_BYTES = 128;

  private SumNote() {}

  /// Notes the sum with a file that is not written to any more.
  static void write(Path file, Digest digest) {
    try {
      Optional<byte[]> note = of(Stat.of(file), digest);
      if (note.isPresent()) {
        var _ = view(file).write(NAME, ByteBuffer.wrap(note.get()));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // No attributes here, or no room for one: a later download goes without.
    }
  }

  /// What is noted with a file that is as `stat` says; empty for other sums.
  static Optional<byte[]> of(Stat stat, Digest digest) {
    return digest.algorithm() == Digest.Algorithm.CRC32C
        ? Optional.of(text(digest.hex(), stat).getBytes(StandardCharsets.US_ASCII))
        : Optional.empty();
  }

  /// The sum noted with `file`, provided that it is what `stat` says.
  static Optional<Digest> read(Held file, Stat stat) {
    return file.attribute(NAME, MAX_BYTES).flatMap(note -> parse(note, stat));
  }

  /// As [Held#attribute], by the JDK, which wants the file open for reading first.
  static Optional<byte[]> attribute(Path file, String name, int most) {
    ByteBuffer bytes = ByteBuffer.allocate(most);
    try {
      var _ = view(file).read(name, bytes);
      return Optional.of(Arrays.copyOf(bytes.array(), bytes.position()));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static Optional<Digest> parse(byte[] note, Stat stat) {
    String text = new String(note, StandardCharsets.US_ASCII);
    String hex = text.substring(0, Math.max(0, text.indexOf(' ')));
    if (!text.equals(text(hex, stat))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Digest(Digest.Algorithm.CRC32C, hex));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // somebody else's text
    }
  }

  private static String text(String hex, Stat stat) {
    return hex + " " + stat.size() + " " + Moment.print(stat.modified().toInstant());
  }

  private static UserDefinedFileAttributeView view(Path file) {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    if (view == null) {
      throw new UnsupportedOperationException("this system has no extended attributes");
    }
    return view;
  }
}
