package org.privateshare.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.privateshare.access.PrivateFolder;
import org.privateshare.client.Aliases;

/// The file `aliases` in the state folder: the servers that the user has logged in to, with their
/// keys, mode 0600. A file or folder that others may read is refused, not repaired.
///
/// @param folder the state folder
record AliasFile(Path folder) {
  private static final String NAME = "aliases";

  /// More than [Aliases#MAX] of the longest need.
  private static final int MAX_BYTES = 2 << 20;

  /// The aliases; none where nobody ever logged in.
  ///
  /// @throws IOException where they can't be read, are open to others, or aren't ours
  Aliases read() throws IOException {
    PrivateFolder where = new PrivateFolder(folder);
    if (!where.has(NAME)) {
      return Aliases.NONE;
    }
    where.require();
    try {
      return Aliases.parse(new String(where.read(NAME, MAX_BYTES), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Aliases.NONE;
    } catch (IOException e) {
      throw new IOException(
          "cannot use " + folder.resolve(NAME) + ": " + String.valueOf(e.getMessage()), e);
    }
  }

  /// Changes them; when this returns, the change survives a power cut. Two who change them at once
  /// come one after the other.
  void change(UnaryOperator<Aliases> change) throws IOException {
    PrivateFolder where = new PrivateFolder(folder);
    where.create();
    try (var _ = where.lock()) {
      where.replace(NAME, change.apply(read()).toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
