package org.privateshare.store;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Keeps a thing from being closed under those who are using it. Thread-safe.
final class Life {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean ended;

  /// One use, from [#use()] to its close, by one thread.
  interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /// Begins a use, provided that the thing is fit for it.
  interface Gate {
    Use begin() throws IOException;
  }

  /// Begins a use; the end waits for it.
  Use use() throws IOException {
    lock.readLock().lock();
    if (ended) {
      lock.readLock().unlock();
      throw new IOException("the store is closed");
    }
    return lock.readLock()::unlock;
  }

  /// Waits for all uses and lets no further one begin.
  ///
  /// @return whether this call ended it
  boolean end() {
    lock.writeLock().lock();
    try {
      boolean first = !ended;
      ended = true;
      return first;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
