package org.privateshare.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import org.privateshare.share.Download;

/// An archive on its way out. Closing it without [#finish] leaves it open at its end.
interface ArchiveWriter extends Closeable {
  void folder(String name, Instant modified) throws IOException;

  /// Adds one version of a file.
  ///
  /// @throws IOException also where it was cut since it was opened
  void file(String name, Download file) throws IOException;

  void finish() throws IOException;
}
