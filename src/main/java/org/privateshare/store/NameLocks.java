package org.privateshare.store;

import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Makes looking at a name and changing what has it one step among the calls of one store. The lock
/// of a name is held while the history is forced to disk, so it is its own and not its folder's.
/// Nobody holds two; who holds one may take a lock of [TwinIndex], never the other way round.
final class NameLocks {
  private final Lock[] locks = new Lock[256];

  NameLocks() {
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /// A name that is locked until this is closed.
  interface Locked extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits for the name and locks it, together with its twins.
  ///
  /// @param folder the key of the folder that the name is in
  Locked lock(Object folder, String name) {
    Lock lock = locks[Math.floorMod(Objects.hash(folder, NameFold.fold(name)), locks.length)];
    lock.lock();
    return lock::unlock;
  }
}
