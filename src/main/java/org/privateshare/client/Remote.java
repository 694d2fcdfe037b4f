package org.privateshare.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A share on another machine, whichever protocol leads there. What only some protocols can do is
/// behind [RemoteChanges], [RemoteHistory], [RemoteUploads] and [RemoteKeys].
///
/// What an implementation owes:
/// - A failed call leaves nothing half-done and may be repeated. Calls may share a connection,
///   which [#close()] ends.
/// - The far end is treated as hostile: an answer that the protocol doesn't know, or more or fewer
///   bytes than announced, is an `IOException` or [Refusal.Mismatch], never a quiet success.
/// - A [Refusal] is the far end's clear no (or our own, for what it could never take, said before
///   anything is sent). An `IOException` means that the network gave up; only a
///   `FileSystemException` means that this machine's own files did.
/// - Calls block; one thread at a time uses a remote.
public interface Remote extends Closeable {
  /// Sends all of `source` as the file `target`; folders that it lacks there are made. Returns when
  /// the far end has it, as surely as the protocol can say; a call that fails breaks the connection
  /// off so that the far end keeps nothing.
  ///
  /// @throws Refusal.Taken where the name is taken there and `ifTaken` is to refuse
  /// @throws Refusal.Mismatch where the far end has got other bytes than were sent
  Stored put(LocalSource source, SharePath target, IfTaken ifTaken, Meter meter)
      throws Refusal, IOException;

  /// Drops what the far end keeps of unfinished uploads of that name, as far as it lets us.
  void dropUploads(SharePath target) throws Refusal, IOException;

  /// Brings the bytes of a file into `sink`, all or those that it hasn't yet. Returns when all have
  /// come, as surely as the protocol can say; only then may anyone rely on them.
  ///
  /// @throws Refusal.Missing where nothing there is called so
  /// @throws Refusal.Mismatch where the bytes haven't the sum that the far end announced
  Received get(SharePath file, LocalSink sink, Meter meter) throws Refusal, IOException;

  /// What is known of a file without its bytes; empty where there is none, or where the protocol
  /// can't say.
  ///
  /// @param wanted a sum that the far end is asked for. It may read the whole file for SHA-256, and
  ///   has CRC-32C or has not
  Optional<RemoteFile> find(SharePath file, Digest.Algorithm wanted) throws Refusal, IOException;

  /// Hands over what is in a folder one by one, in the far end's order, as it comes. Returns how
  /// many were left out because their names are none at all. Ends early where `entries` throws.
  ///
  /// @throws Refusal.Missing where there is no such folder
  long list(SharePath folder, Consumer<Listed> entries) throws Refusal, IOException;

  /// Told how far a transfer has come, from time to time, by the transferring thread.
  @FunctionalInterface
  interface Meter {
    /// Says how many bytes have moved.
    ///
    /// @param moved the bytes that have gone over so far, those of earlier attempts included
    /// @param total the bytes there will be, where the protocol says so
    void moved(long moved, OptionalLong total);

    /// Says that the transfer goes on where an earlier one has stopped. Before the first byte of
    /// each attempt that does.
    ///
    /// @param at how many bytes have gone over before
    /// @param total the bytes there will be
    default void resumed(long at, long total) {}
  }
}
