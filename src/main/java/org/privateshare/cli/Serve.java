package org.privateshare.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.privateshare.classic.ClassicDoor;
import org.privateshare.classic.ClassicOptions;
import org.privateshare.net.Listener;
import org.privateshare.net.ListenerOptions;
import org.privateshare.share.Share;
import org.privateshare.store.FolderStore;

/// A running server: the one place where store, share, doors and listener are put together.
///
/// Started once, stopped once; it serves on threads of its own.
final class Serve implements Closeable {
  private final FolderStore store;
  private final Share share;
  private final Listener listener;

  private Serve(FolderStore store, Share share, Listener listener) {
    this.store = store;
    this.share = share;
    this.listener = listener;
  }

  /// Puts a server together and starts it; when this returns, whoever connects is served.
  ///
  /// @throws IOException where the folder can't be served or an address can't be listened on;
  ///   nothing is left behind then
  static Serve start(ServePlan plan) throws IOException {
    FolderStore store = FolderStore.open(plan.folder());
    try {
      Share share = new Share(store, plan.limits());
      ClassicOptions classic = ClassicOptions.of(plan.reach().callers(), plan.limits().readOnly());
      ListenerOptions options =
          ListenerOptions.onPort(plan.port())
              .withAddresses(plan.addresses())
              .withDrain(plan.drain());
      ClassicDoor door = new ClassicDoor(share, classic, new AccessLog());
      Listener listener = new Listener(options, List.of(door));
      listener.start();
      return new Serve(store, share, listener);
    } catch (Throwable e) {
      store.close();
      throw e;
    }
  }

  /// Where it listens.
  List<InetSocketAddress> addresses() {
    return listener.addresses();
  }

  /// How many bytes uploads may bring in.
  long space() throws IOException {
    return share.freeBytes();
  }

  /// Completes when there has been no connection for so long.
  CompletableFuture<Void> idle(Duration quiet) {
    return listener.idle(quiet);
  }

  /// Stops: no new connections, running transfers go on for the plan's drain time, the rest is
  /// broken off. Returns how many these were.
  int stop() throws IOException {
    try {
      return listener.stop();
    } finally {
      store.close();
    }
  }

  /// The same as [#stop()].
  @Override
  public void close() throws IOException {
    int _ = stop();
  }
}
