package org.privateshare.client;

import java.io.Closeable;
import java.nio.file.FileSystemException;
import java.util.Optional;

/// What outlives the process of one transfer, so that the same command goes on where this one was
/// stopped: a short text that is replaced whole. One thread at a time.
///
/// What can't be kept costs a resume, never the transfer: where the place for it is unusable,
/// [#keep] does nothing and [#recall] finds nothing.
public interface Memory extends Closeable {
  /// A short name for the transfer in the lower-case hexadecimal alphabet, the same in every run.
  String tag();

  /// Sees to it that no other process works at the same transfer until [#close]. May be called
  /// again.
  ///
  /// @return whether anything can be kept
  /// @throws FileSystemException where another process does
  boolean claim() throws FileSystemException;

  /// What was kept last, by this process or another; claims the transfer where there is something.
  ///
  /// @throws FileSystemException where another process works at it
  Optional<String> recall() throws FileSystemException;

  /// Keeps a text of at most 64 KiB in the place of the one before; claims the transfer. When this
  /// returns, a power cut doesn't take it away.
  void keep(String state) throws FileSystemException;

  /// Ends it: nothing is left to go on with.
  void forget();

  /// Whether something is kept, as far as this process has seen.
  boolean isKept();

  @Override
  void close();

  /// The memories of all transfers.
  @FunctionalInterface
  interface Keeper {
    /// The memory of one transfer; the caller closes it.
    ///
    /// @param direction `get` or `put`
    /// @param name what tells it from all others of that direction
    Memory of(String direction, String name);
  }

  /// Keeps nothing.
  Memory NONE =
      new Memory() {
        @Override
        public String tag() {
          return "0";
        }

        @Override
        public boolean claim() {
          return false;
        }

        @Override
        public Optional<String> recall() {
          return Optional.empty();
        }

        @Override
        public void keep(String state) {}

        @Override
        public void forget() {}

        @Override
        public boolean isKept() {
          return false;
        }

        @Override
        public void close() {}
      };
}
