package org.privateshare.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;

/// A file on its way into the share: invisible until it is published, gone if it never is, unless
/// the [Journal] knows of it and it is [released](#release()).
///
/// [#write] and [#force] may be called from different threads at once; the rest, and `write` among
/// itself, is for one thread at a time. After any `IOException` the file can only be closed: a
/// failed force is never tried again, since the kernel may have dropped the very pages it failed
/// on.
public interface StagedFile extends Closeable {
  /// Under which [Store#restage] finds it again: 32 lower-case hexadecimal digits;
  /// `IllegalStateException` where it was staged unseen.
  String id();

  /// Writes all remaining bytes at `position`. Within a block of 32 MiB positions only rise.
  ///
  /// @throws Refusal.NoSpace where the medium is full; what was written before can still be forced
  void write(ByteBuffer bytes, long position) throws Refusal, IOException;

  /// Takes the first `count` bytes of what is staged under another id to `position`, by the
  /// shortest way that the medium has. To be treated as a write.
  ///
  /// @throws Refusal.NoSpace where the medium is full; the file can then only be closed
  void copy(String id, long count, long position) throws Refusal, IOException;

  /// Gives the file exactly this size and, where there is one, this time of its last change. Called
  /// after the last write, before [#keep].
  void shape(long size, Optional<Instant> modified) throws IOException;

  /// Brings everything written before the call to the medium, through its caches.
  void force() throws IOException;

  /// Keeps what all the bytes sum up to with the file, where the medium can; see
  /// [FileFacts#digest()]. Called after the last write, before publishing. It is taken as said, and
  /// a medium that can't keep it is no failure.
  void keep(Digest digest) throws IOException;

  /// Forces the file, makes it visible under its target name if and only if that meets the
  /// precondition then, and forces the folder. When it returns, a power cut loses nothing. Called
  /// once.
  ///
  /// Where a file is replaced, its old version is in the history, durably, before the new one is
  /// visible, and no reader finds the name free in between. Of many that demand one version at most
  /// one is published.
  ///
  /// An `IOException` leaves the name as it was or holding the whole new file, never a part.
  ///
  /// @throws Refusal.Taken where the name should be free and is not; where a twin of it exists, or
  ///   something that is no folder stands in the place of one on the way, or something that is no
  ///   file in its own
  /// @throws Refusal.Changed where the name does not hold what it should
  /// @throws Refusal.NoSpace where the medium has no room for the name
  void publish() throws Refusal, IOException;

  /// The version that was published, as [FileFacts#version()] names it; `IllegalStateException`
  /// before, and where it was staged unseen. It may be no longer the current one.
  String version();

  /// Whether an old version went into the history for it; `IllegalStateException` before it was
  /// published.
  boolean replaced();

  /// Ends the use of this object like [#close()] and leaves what was staged where it is.
  void release();

  /// Discards what was not published. Idempotent, and never fails the caller: what can't be removed
  /// now is swept at the next start.
  @Override
  void close();
}
