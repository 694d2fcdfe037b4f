package org.privateshare.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.privateshare.client.http.NotTls;
import org.privateshare.client.http.ProtocolFault;
import org.privateshare.client.http.UntrustedServer;
import org.privateshare.model.Refusal;

/// Tries again what the network has broken off, with growing pauses, until nothing has moved for a
/// while. A no is a no: refusals end it, unless they say when to ask again. So do faults of the
/// server and of this machine's files.
///
/// A server that was never reached is not waited for, unless there is something to go on with: a
/// name that is misspelt shall not take a quarter of an hour. One thread.
public final class Patience {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final Duration limit;
  private final Clock clock;
  private boolean reached;

  /// Time and chance, as a test wants them.
  ///
  /// @param nanos the time, as of `System.nanoTime`
  /// @param fraction a number from 0 to below 1
  record Clock(LongSupplier nanos, Sleep sleep, RandomGenerator fraction) {
    static final Clock REAL =
        new Clock(System::nanoTime, Thread::sleep, RandomGenerator.getDefault());
  }

  /// As `Thread.sleep`.
  @FunctionalInterface
  interface Sleep {
    void sleep(Duration time) throws InterruptedException;
  }

  /// Patience that ends when nothing has moved for `limit`; with zero nothing is tried twice.
  public Patience(Duration limit) {
    this(limit, Clock.REAL);
  }

  Patience(Duration limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /// Something that may be tried again.
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws Refusal, IOException;
  }

  /// What is known of the transfer meanwhile.
  interface Witness {
    /// How many bytes it has moved in all attempts; only ever grows.
    long moved();

    /// Whether something is there that another attempt can go on with.
    boolean goesOn();

    /// Told before each pause.
    void waiting(Duration pause, Exception cause);
  }

  /// Runs the attempt until it succeeds or there is no hope left; then with its last failure.
  <T> T until(Witness witness, Attempt<T> attempt) throws Refusal, IOException {
    var outage = new Outage(witness);
    while (true) {
      try {
        T result = attempt.run();
        reached = true;
        return result;
      } catch (Refusal e) {
        reached = true;
        if (!(e instanceof Refusal.Unavailable later)
            || later.retryAfter().isEmpty()
            || !outage.pause(later.retryAfter().get(), later)) {
          throw e;
        }
      } catch (IOException e) {
        boolean hopeful = isPassing(e) && (isReached(e) || witness.goesOn());
        if (!hopeful || !outage.pause(Duration.ZERO, e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isPassing(IOException failure) {
    return !(failure instanceof FileSystemException
        || failure instanceof ServerFault
        || failure instanceof ProtocolFault
        || failure instanceof UntrustedServer);
  }

  private boolean isReached(IOException failure) {
    reached |=
        !(failure instanceof UnknownHostException
            || failure instanceof ConnectException
            || failure instanceof NoRouteToHostException
            || failure instanceof SocketTimeoutException
            || failure instanceof NotTls);
    return reached;
  }

  /// The time since something has moved.
  private final class Outage {
    private final Witness witness;
    private long since = clock.nanos().getAsLong();
    private long moved;
    private Duration pause = FIRST;

    Outage(Witness witness) {
      this.witness = witness;
      this.moved = witness.moved();
    }

    /// Pauses; false where the limit is reached.
    boolean pause(Duration atLeast, Exception cause) throws InterruptedIOException {
      if (witness.moved() > moved) {
        moved = witness.moved();
        since = clock.nanos().getAsLong();
        pause = FIRST;
      }
      Duration left = limit.minusNanos(clock.nanos().getAsLong() - since);
      if (!left.isPositive()) {
        return false;
      }
      Duration next = shorter(left, longer(atLeast, jittered()));
      witness.waiting(next, cause);
      try {
        clock.sleep().sleep(next);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
      pause = shorter(LONGEST, pause.multipliedBy(2));
      return true;
    }

    /// So that those who lost one server together don't come back together.
    private Duration jittered() {
      long half = pause.toNanos() / 2;
      return Duration.ofNanos(half + (long) (half * clock.fraction().nextDouble()));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
