package org.privateshare.classic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The table of test vectors in `docs/classic.md`.
final class Vectors {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([0-9a-f]*)` \\| (.*) \\|$");

  private Vectors() {}

  /// The bytes of a request in hex and what the table says they mean.
  record Vector(String hex, String meaning) {
    byte[] request() {
      return HexFormat.of().parseHex(hex);
    }

    boolean isRefused() {
      return meaning.startsWith("refused");
    }

    @Override
    public String toString() {
      return meaning;
    }
  }

  static List<Vector> all() {
    return ROW.matcher(table()).results().map(Vectors::vector).toList();
  }

  static List<Vector> refused() {
    return all().stream().filter(Vector::isRefused).toList();
  }

  private static Vector vector(MatchResult row) {
    return new Vector(row.group(1), row.group(2));
  }

  private static String table() {
    try {
      return Files.readString(Path.of("docs/classic.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
