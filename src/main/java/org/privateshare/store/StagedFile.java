package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.privateshare.model.Refusal;

/// A file on its way into the share: invisible until it is published, gone if it never is.
///
/// [#write] and [#force] may be called from different threads at once; the rest, and `write` among
/// itself, is for one thread at a time. After any `IOException` the file can only be closed: a
/// failed force is never tried again, since the kernel may have dropped the very pages it failed
/// on.
public interface StagedFile extends Closeable {
  /// Writes all remaining bytes at `position`. Within a block of 32 MiB positions only rise.
  ///
  /// @throws Refusal.NoSpace where the medium is full; the file can then only be closed
  void write(ByteBuffer bytes, long position) throws Refusal, IOException;

  /// Brings everything written before the call to the medium, through its caches.
  void force() throws IOException;

  /// Forces the file, makes it visible under its target name if and only if that is still free, and
  /// forces the folder. When it returns, a power cut loses nothing. Called once.
  ///
  /// An `IOException` leaves the name absent or holding the whole file, never a part.
  ///
  /// @throws Refusal.Taken where the name, or a twin of it, was taken meanwhile, or something that
  ///   is no folder stands in the place of one on the way
  /// @throws Refusal.NoSpace where the medium has no room for the name
  void publish() throws Refusal, IOException;

  /// Discards what was not published. Idempotent, and never fails the caller: what can't be removed
  /// now is swept at the next start.
  @Override
  void close();
}
