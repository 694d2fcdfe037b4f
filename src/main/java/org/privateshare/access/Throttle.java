package org.privateshare.access;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Slows down those who try keys: after [#TRIES] failures within any minute an address is blocked
/// until the oldest of them is a minute old.
///
/// The door asks [#blockedFor] before it looks at a key, and reports each failure. A right key is
/// no pardon, for nobody, and each address stands for itself: there is no count over all of them.
/// An IPv4 address is one address, also when written into an IPv6 one; of an IPv6 address the first
/// 64 bits count, since its owner chooses the rest; of a link-local one the last 64, since all
/// neighbours share the first. Requests that are under way together may each fail once more.
///
/// At most [#MAX_ADDRESSES] are remembered, those that failed last: somebody with more addresses
/// than that has more tries by their number than by being forgotten. Thread-safe, never blocks for
/// long.
public final class Throttle {
  /// The failures that an address has in a minute.
  public static final int TRIES = 10;

  static final int MAX_ADDRESSES = 16_384;

  private static final long WINDOW = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;

  /// The times of the last failures by origin; the origin that failed last comes last.
  private final Map<Origin, Failures> failures = new LinkedHashMap<>();

  /// What counts as one address.
  private record Origin(Kind kind, long bits) {
    enum Kind {
      IPV4,
      IPV6_PREFIX,
      IPV6_NEIGHBOUR
    }

    static Origin of(InetAddress address) {
      ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
      if (bytes.remaining() == 4) {
        return new Origin(Kind.IPV4, bytes.getInt());
      }
      if (isMapped(bytes)) {
        return new Origin(Kind.IPV4, bytes.getInt(12));
      }
      return address.isLinkLocalAddress()
          ? new Origin(Kind.IPV6_NEIGHBOUR, bytes.getLong(8))
          : new Origin(Kind.IPV6_PREFIX, bytes.getLong(0));
    }

    /// `::ffff:a.b.c.d`, RFC 4291 section 2.5.5.2. The JDK unwraps it in most places, not in all.
    private static boolean isMapped(ByteBuffer bytes) {
      return bytes.getLong(0) == 0 && bytes.getInt(8) == 0xffff;
    }
  }

  /// The last failures of one origin: a ring of times.
  private static final class Failures {
    private final long[] times = new long[TRIES];
    private int count;

    void add(long now) {
      times[count % TRIES] = now;
      // Stays in [TRIES, 2 TRIES) once the ring is full, so that it never overflows.
      count = count + 1 < 2 * TRIES ? count + 1 : TRIES;
    }

    /// How long the oldest of the last [#TRIES] failures still counts; 0 if there were fewer.
    long blockedFor(long now) {
      return count < TRIES ? 0 : Math.max(0, times[count % TRIES] + WINDOW - now);
    }
  }

  /// Counts by a clock that never steps.
  ///
  /// @param nanos nanoseconds from any origin, such as `System::nanoTime`
  public Throttle(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// How long the address has to wait before its key is looked at; zero if it need not.
  public Duration blockedFor(InetAddress address) {
    Origin origin = Origin.of(address);
    synchronized (failures) {
      Failures known = failures.get(origin);
      return known == null ? Duration.ZERO : Duration.ofNanos(known.blockedFor(nanos.getAsLong()));
    }
  }

  /// Notes that a key from this address was refused.
  public void failed(InetAddress address) {
    Origin origin = Origin.of(address);
    synchronized (failures) {
      Failures known = failures.remove(origin);
      if (known == null) {
        known = new Failures();
      }
      known.add(nanos.getAsLong());
      failures.put(origin, known);
      if (failures.size() > MAX_ADDRESSES) {
        failures.remove(failures.keySet().iterator().next());
      }
    }
  }

  /// How many addresses are remembered.
  int size() {
    synchronized (failures) {
      return failures.size();
    }
  }
}
