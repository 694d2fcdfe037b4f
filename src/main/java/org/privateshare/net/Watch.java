package org.privateshare.net;

import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at all connections that speak HTTP, about once a second, and breaks those that keep us
/// waiting: one task for all instead of a timer for each.
final class Watch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long LONGEST_PERIOD_MILLIS = 1_000;

  private final List<DoorConnector> connectors;
  private final Exchanges exchanges;
  private final Deadlines deadlines;
  private final Duration period;

  Watch(List<DoorConnector> connectors, Exchanges exchanges, Deadlines deadlines) {
    this.connectors = connectors;
    this.exchanges = exchanges;
    this.deadlines = deadlines;
    long shortest = Math.min(deadlines.firstByte().toMillis(), deadlines.progress().toMillis()) / 4;
    this.period = Duration.ofMillis(Math.clamp(shortest, 1, LONGEST_PERIOD_MILLIS));
  }

  /// How often it wants to look.
  Duration period() {
    return period;
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    for (DoorConnector connector : connectors) {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        if (endPoint instanceof DoorEndPoint door && door.turns().isOverdue(deadlines, now)) {
          connector.getExecutor().execute(() -> abortIfStillOverdue(door));
        }
      }
    }
    exchanges.expireOverdue(now);
  }

  /// On a busy machine the task waits for its thread, and a request may come whole meanwhile: what
  /// runs isn't broken for what was late before.
  private void abortIfStillOverdue(DoorEndPoint door) {
    if (door.turns().isOverdue(deadlines, System.nanoTime())) {
      LOG.debug("{} keeps us waiting for a request", door.getRemoteSocketAddress());
      door.abort();
    }
  }
}
