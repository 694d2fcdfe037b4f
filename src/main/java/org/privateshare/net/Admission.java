package org.privateshare.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the connections of a listener, in all and by peer, and holds them to their limits.
///
/// Places are counted in descriptors: a connection takes one, in TLS what its provider needs beside
/// it, and one more while it is served, for the file. So the silent ones cost half. The last places
/// are only for serving: whoever has been accepted is served in the end, however many there are.
/// When no place is left the acceptors wait here, so that more connections stay in the system's
/// queue; a peer that has its share already is turned away. Thread-safe.
final class Admission implements SelectorManager.AcceptListener {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  /// No more are held by connections that could do with fewer: each of these has memory of its own
  /// outside the heap as well.
  private static final int MOST_LAVISH = 3_000;

  private static final int LAVISH_PART = 4;

  private final int places;
  private final int placesToAccept;
  private final int mostOfOne;
  private final SpareDescriptors spare = new SpareDescriptors();

  private final Map<SelectableChannel, Held> open = new HashMap<>();

  private final Map<String, Integer> counts = new HashMap<>();
  private final Seldom complaints = new Seldom();
  private int taken;
  private long emptySince = System.nanoTime();
  private boolean accepting = true;
  private boolean closed;

  /// What an open connection has.
  ///
  /// @param peer whom it counts for; the empty text is a loopback caller, who has no limit of its
  ///   own
  /// @param places how many it takes while nothing is served
  private record Held(String peer, int places) {
    Held with(int more) {
      return new Held(peer, places + more);
    }
  }

  /// Room to serve `most` connections at a time.
  Admission(int most, int mostOfOne) {
    this.places = 2 * most;
    this.placesToAccept = places - Math.max(1, most / 8);
    this.mostOfOne = mostOfOne;
  }

  /// Takes the place of a connection that is about to be accepted; waits while all are taken. False
  /// once no more shall be accepted.
  synchronized boolean takePlace() throws InterruptedException {
    if (accepting && taken >= placesToAccept && complaints.isDue()) {
      LOG.warn("{} connections are open: no more are accepted until one ends", open.size());
    }
    while (accepting && taken >= placesToAccept) {
      wait();
    }
    if (accepting) {
      taken++;
    }
    return accepting;
  }

  /// Ends the waits of the acceptors, for good.
  synchronized void stopAccepting() {
    accepting = false;
    notifyAll();
  }

  /// Takes the second place, of an accepted connection that is to be served now; waits while there
  /// is none.
  synchronized void takePlaceToServe() throws InterruptedException {
    while (taken >= places && !closed) {
      wait();
    }
    taken++;
  }

  /// The same, but waits for so long at most; returns whether a place was taken.
  synchronized boolean takePlaceToServe(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (taken >= places && !closed && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    boolean free = taken < places || closed;
    taken += free ? 1 : 0;
    return free;
  }

  /// Takes so many places more for as long as this connection is open, while few are taken in all:
  /// the many that may come must find room. Never waits; returns whether they were taken.
  synchronized boolean takeMore(SelectableChannel channel, int more) {
    boolean few = taken + more <= Math.min(places / LAVISH_PART, MOST_LAVISH);
    // None for one that was closed meanwhile, since nobody would give them back.
    Held now = few ? open.computeIfPresent(channel, (key, held) -> held.with(more)) : null;
    taken += now == null ? 0 : more;
    return now != null;
  }

  /// What is left to run with when the descriptors run out in spite of all counting.
  SpareDescriptors spare() {
    return spare;
  }

  /// Gives back a place of either kind.
  synchronized void giveBack() {
    taken--;
    notifyAll();
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    String peer = peerOf(channel);
    boolean tooMany;
    synchronized (this) {
      open.put(channel, new Held(peer, 1));
      tooMany = !peer.isEmpty() && counts.merge(peer, 1, Integer::sum) > mostOfOne;
    }
    if (tooMany) {
      LOG.debug("{} has its share of connections already", peer);
      // The registration of a closed channel fails, which ends in onAcceptFailed.
      IO.close(channel);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable failure) {
    onClosed(channel);
  }

  @Override
  public synchronized void onClosed(SelectableChannel channel) {
    Optional.ofNullable(open.remove(channel))
        .ifPresent(
            held -> {
              counts.computeIfPresent(held.peer, (key, count) -> count > 1 ? count - 1 : null);
              if (open.isEmpty()) {
                emptySince = System.nanoTime();
              }
              taken -= held.places;
              notifyAll();
            });
  }

  /// Waits until there has been no connection for `quiet`, counted from now at the earliest;
  /// returns false where the listener was closed before.
  synchronized boolean awaitQuiet(Duration quiet) throws InterruptedException {
    long start = System.nanoTime();
    while (!closed) {
      long now = System.nanoTime();
      long left = quiet.toNanos() - Math.min(now - emptySince, now - start);
      if (!open.isEmpty()) {
        wait();
      } else if (left <= 0) {
        return true;
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }
    return false;
  }

  /// Ends all other waits.
  synchronized void close() {
    closed = true;
    spare.close();
    notifyAll();
  }

  private static String peerOf(SelectableChannel channel) {
    try {
      return ((SocketChannel) channel).getRemoteAddress() instanceof InetSocketAddress remote
          ? peerOf(remote.getAddress())
          : "unknown";
    } catch (IOException gone) {
      return "unknown";
    }
  }

  /// The machine behind an address: a machine with IPv6 usually has a /64 to itself.
  static String peerOf(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isLoopbackAddress()) {
      return "";
    }
    return Arrays.toString(bytes.length > 4 ? Arrays.copyOf(bytes, 8) : bytes);
  }
}
