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
/// When all places are taken the acceptors wait here, so that more connections stay in the system's
/// queue; a peer that has its share already is turned away. Thread-safe.
final class Admission implements SelectorManager.AcceptListener {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final int most;
  private final int mostOfOne;

  /// Every open connection and the peer it counts for; the empty text is a loopback caller, who has
  /// no limit of its own.
  private final Map<SelectableChannel, String> peers = new HashMap<>();

  private final Map<String, Integer> counts = new HashMap<>();
  private final Seldom complaints = new Seldom();
  private int places;
  private long emptySince = System.nanoTime();
  private boolean closed;

  Admission(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /// Takes the place of a connection that is about to be accepted; waits while all are taken.
  synchronized void takePlace() throws InterruptedException {
    if (places >= most && complaints.isDue()) {
      LOG.warn("{} connections are open: no more are accepted until one ends", most);
    }
    while (places >= most) {
      wait();
    }
    places++;
  }

  /// Gives a place back for which no connection came.
  synchronized void giveBack() {
    places--;
    notifyAll();
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    String peer = peerOf(channel);
    boolean tooMany;
    synchronized (this) {
      peers.put(channel, peer);
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
    Optional.ofNullable(peers.remove(channel))
        .ifPresent(
            peer -> {
              counts.computeIfPresent(peer, (key, count) -> count > 1 ? count - 1 : null);
              if (peers.isEmpty()) {
                emptySince = System.nanoTime();
              }
              giveBack();
            });
  }

  /// Waits until there has been no connection for `quiet`, counted from now at the earliest;
  /// returns false where the listener was closed before.
  synchronized boolean awaitQuiet(Duration quiet) throws InterruptedException {
    long start = System.nanoTime();
    while (!closed) {
      long now = System.nanoTime();
      long left = quiet.toNanos() - Math.min(now - emptySince, now - start);
      if (!peers.isEmpty()) {
        wait();
      } else if (left <= 0) {
        return true;
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }
    return false;
  }

  /// Ends all waits for quiet.
  synchronized void close() {
    closed = true;
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
