package org.privateshare.share;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.privateshare.model.Refusal;

/// Keeps the free-space floor: uploads reserve room before they write, so that many that each fit
/// alone can't fill the medium together.
///
/// What counts against the free bytes is what is reserved but not written yet; written bytes the
/// medium counts itself. The reservations live in this process only: they are a courtesy to the
/// medium, which stays the truth and says so when it is full all the same. Thread-safe.
final class SpaceLedger {
  /// Asks the medium for its free bytes.
  interface Gauge {
    long freeBytes() throws IOException;
  }

  private final Gauge gauge;
  private final long floor;
  private final AtomicLong outstanding = new AtomicLong();

  SpaceLedger(Gauge gauge, long floor) {
    this.gauge = gauge;
    this.floor = floor;
  }

  /// Bytes that nobody has reserved and that may be used; never negative.
  long available() throws IOException {
    return Math.max(0, gauge.freeBytes() - floor - outstanding.get());
  }

  Account open() {
    return new Account();
  }

  private synchronized void reserve(long bytes) throws Refusal.NoSpace, IOException {
    if (bytes > available()) {
      throw new Refusal.NoSpace("the share has no room for this file");
    }
    outstanding.addAndGet(bytes);
  }

  /// The reservation of one upload; for one thread at a time.
  final class Account implements AutoCloseable {
    private long reserved;
    private long written;

    /// Makes sure that the first `bytes` bytes of the file are reserved.
    void cover(long bytes) throws Refusal.NoSpace, IOException {
      if (bytes > reserved) {
        reserve(bytes - reserved);
        reserved = bytes;
      }
    }

    /// Whether the first `bytes` bytes are reserved already.
    boolean covers(long bytes) {
      return bytes <= reserved;
    }

    /// Says that `bytes` more bytes are on the medium, out of those covered.
    void spent(long bytes) {
      written += bytes;
      outstanding.addAndGet(-bytes);
    }

    /// Gives back what was not written. Idempotent.
    @Override
    public void close() {
      outstanding.addAndGet(written - reserved);
      reserved = written;
    }
  }
}
