package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;

/// The bytes of a staged file, and how they come to a name in the share. Calls that fail for want
/// of room say so in the system's words.
sealed interface StagedBytes extends Closeable permits NamedBytes, UnnamedBytes {
  /// Writes some of the remaining bytes at `position`.
  ///
  /// @return how many
  int write(ByteBuffer from, long position) throws IOException;

  /// How many bytes there are.
  long size() throws IOException;

  /// Drops what is behind `length`.
  void truncate(long length) throws IOException;

  /// Gives the file this time of its last change.
  void setModified(Instant time) throws IOException;

  /// Notes with the file what its bytes sum up to; see [SumNote].
  void note(Digest digest) throws IOException;

  /// Writes the first `count` bytes of `from` at `position`, by the shortest way there is.
  void copy(FileChannel from, long count, long position) throws IOException;

  /// Brings everything written so far to the medium.
  void force() throws IOException;

  /// Gives the file the mode that any other new file of this process would have.
  void makePublic() throws IOException;

  /// Gives it a name that is free.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException where the name is taken
  void link(Path name) throws IOException;

  /// Gives it the name of another file, in one step.
  void moveOver(Path name) throws IOException;

  /// Takes its name in the staging folder away, after it has got `name` in `folder` for good.
  ///
  /// @return the file as it is then; empty for bytes that nobody asks that of
  Optional<Stat> unstage(Held folder, String name) throws IOException;

  /// Removes what was not published; never fails the caller. After [#close()].
  void discard();

  /// Closes the bytes and leaves them where they are.
  @Override
  void close();
}
