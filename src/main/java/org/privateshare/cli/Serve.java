package org.privateshare.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.privateshare.access.Access;
import org.privateshare.classic.ClassicDoor;
import org.privateshare.classic.ClassicOptions;
import org.privateshare.http.HttpShare;
import org.privateshare.model.Fingerprint;
import org.privateshare.model.VisitLog;
import org.privateshare.net.HttpDoor;
import org.privateshare.net.Identity;
import org.privateshare.net.Listener;
import org.privateshare.net.ListenerOptions;
import org.privateshare.share.Keeper;
import org.privateshare.share.Share;
import org.privateshare.store.FolderStore;

/// A running server: the one place where store, share, keys, doors and listener are put together.
///
/// Started once, stopped once; it serves on threads of its own.
final class Serve implements Closeable {
  private final FolderStore store;
  private final Share share;
  private final Access access;
  private final Identity identity;
  private final Listener listener;
  private final List<Keeper> keepers;

  private Serve(ServePlan plan, FolderStore store, Access access, Identity identity)
      throws IOException {
    this.store = store;
    this.share = new Share(store, plan.limits());
    share.uploads().load();
    this.access = access;
    this.identity = identity;
    this.listener = listener(plan);
    listener.start();
    this.keepers =
        List.of(
            Keeper.ofHistory(share, plan.keepHistory(), new PurgeLog("old versions")),
            Keeper.ofUploads(share, new PurgeLog("unfinished uploads")));
  }

  /// Puts a server together and starts it; when this returns, whoever connects is served.
  ///
  /// @throws IOException where the folder can't be served, the keys or the identity can't be used,
  ///   or an address can't be listened on; nothing is left running then
  static Serve start(ServePlan plan) throws IOException {
    CompletableFuture<Void> prepared = Listener.prepare();
    FolderStore store = FolderStore.open(plan.folder());
    try {
      Access access = Access.open(plan.state(), InstantSource.system());
      prepared.join();
      Serve serve = new Serve(plan, store, access, identity(plan));
      serve.announce(plan);
      return serve;
    } catch (Throwable e) {
      store.close();
      throw e;
    }
  }

  private static Identity identity(ServePlan plan) throws IOException {
    return plan.http().own().isPresent()
        ? Identity.ofFiles(plan.http().own().get().chain(), plan.http().own().get().key())
        : Identity.kept(plan.state().path());
  }

  /// Tells the clients of this user whom they'll meet; only now, for one who could not listen must
  /// not be taken for the server that is there.
  private void announce(ServePlan plan) throws IOException {
    try {
      identity.announce(plan.state().path());
    } catch (IOException e) {
      int _ = stop();
      throw e;
    }
  }

  private Listener listener(ServePlan plan) {
    VisitLog visits = new AccessLog();
    ClassicOptions classic = ClassicOptions.of(plan.reach().callers(), plan.limits().readOnly());
    Handler pages =
        HttpShare.of(share, access, plan.http().options(), identity::fingerprint, visits);
    HttpDoor http = HttpDoor.of(pages, identity, visits).withPlain(plan.http().plain().callers());
    ListenerOptions options =
        ListenerOptions.onPort(plan.port()).withAddresses(plan.addresses()).withDrain(plan.drain());
    return new Listener(options, List.of(new ClassicDoor(share, classic, visits)), http);
  }

  /// Where it listens.
  List<InetSocketAddress> addresses() {
    return listener.addresses();
  }

  /// What it is known by.
  Fingerprint fingerprint() {
    return identity.fingerprint();
  }

  /// The key with every right.
  String ownerKey() throws IOException {
    return access.ownerKey();
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
      keepers.forEach(Keeper::close);
      store.close();
    }
  }

  /// The same as [#stop()].
  @Override
  public void close() throws IOException {
    int _ = stop();
  }
}
