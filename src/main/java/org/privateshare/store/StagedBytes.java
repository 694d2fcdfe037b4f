package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The bytes of a staged file, and how they come to a name in the share.
sealed interface StagedBytes extends Closeable permits NamedBytes, UnnamedBytes {
  /// The bytes, open for writing.
  FileChannel channel();

  /// A path on which the JDK's file calls reach the file, links followed.
  Path path();

  /// Gives the file the mode that any other new file of this process would have.
  void makePublic() throws IOException;

  /// Gives it a name that is free.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException where the name is taken
  void link(Path name) throws IOException;

  /// Gives it the name of another file, in one step; not for what has no name.
  void moveOver(Path name) throws IOException;

  /// Takes its name in the staging folder away, after it has got `name` in `folder` for good.
  ///
  /// @return the version that the file is then
  String unstage(Held folder, String name) throws IOException;

  /// Removes what was not published; never fails the caller. After [#close()].
  void discard();

  /// Closes the bytes and leaves them where they are.
  @Override
  void close();
}
