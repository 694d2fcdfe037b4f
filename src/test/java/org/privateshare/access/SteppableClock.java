package org.privateshare.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A wall clock that steps when told to, in either direction.
final class SteppableClock implements InstantSource {
  static final Instant START = Instant.ofEpochSecond(1_700_000_000);

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  void step(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  void set(Instant to) {
    now.set(to);
  }
}
