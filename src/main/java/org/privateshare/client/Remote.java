package org.privateshare.client;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A share on another machine, whichever protocol leads there.
///
/// What an implementation owes:
/// - Every call is a connection of its own; a failed call leaves nothing open and may be repeated.
/// - The far end is treated as hostile: an answer that the protocol doesn't know, or more or fewer
///   bytes than announced, is an `IOException` or [Refusal.Mismatch], never a quiet success.
/// - A [Refusal] is the far end's clear no (or our own, for a name it could never take, said before
///   anything is sent). An `IOException` means that the network gave up; only a
///   `FileSystemException` means that this machine's own files did.
/// - Calls block; one thread at a time uses a remote.
public interface Remote {
  /// Sends a file under its own name. Returns when the far end has it, as surely as the protocol
  /// can say; a call that fails breaks the connection off so that the far end keeps nothing.
  ///
  /// @throws Refusal.Taken where the name is taken there
  void put(LocalSource source, Meter meter) throws Refusal, IOException;

  /// Brings the bytes of a file into `target`, which the caller publishes. Returns when all have
  /// come, as surely as the protocol can say.
  ///
  /// @throws Refusal.Missing where nothing there is called so
  void get(SharePath file, LocalTarget target, Meter meter) throws Refusal, IOException;

  /// Hands over the names in the share one by one, in the far end's order, as they come. Returns
  /// how many were left out because they are no names at all. Ends early where `names` throws.
  long list(Consumer<SharePath> names) throws Refusal, IOException;

  /// Told how far a transfer has come, from time to time, by the transferring thread.
  @FunctionalInterface
  interface Meter {
    /// Says how many bytes have moved.
    ///
    /// @param moved the bytes that have gone over so far
    /// @param total the bytes there will be, where the protocol says so
    void moved(long moved, OptionalLong total);
  }
}
