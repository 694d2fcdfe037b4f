package org.privateshare.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one port of the server: accepts connections, finds out by their first bytes what they speak
/// and has them served.
///
/// Started once and stopped once. An idle connection costs an entry in a selector and a few hundred
/// bytes; it gets a thread, a virtual one, when it has said what it speaks.
public final class Listener implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  /// How long the threads of connections that were reset have to clean up after themselves.
  private static final Duration CLEANUP = Duration.ofSeconds(5);

  private static final int BUFFERS = 64;

  /// Waking up and calling the system cost more than a copy that leaves the core's cache: 64 KiB
  /// were measured to take a fifth longer for a put, 256 KiB a sixth.
  private static final int BUFFER_BYTES = 1 << 20;

  private final ListenerOptions options;
  private final Sessions sessions = new Sessions();
  private final Buffers buffers = new Buffers(BUFFERS, BUFFER_BYTES);
  private final Admission admission;
  private final Server server = new Server(new VirtualThreadPool(0));
  private final List<ProtocolFactory> protocols;
  private final ProtocolFactory useHttps;
  private final Optional<HttpDoor> http;
  private final List<DoorConnector> connectors = new ArrayList<>();
  private volatile List<InetSocketAddress> addresses = List.of();
  private State state = State.NEW;

  /// A listener for these protocols; the first that recognises a connection gets it.
  public Listener(ListenerOptions options, List<Protocol> protocols) {
    this(options, protocols, Optional.empty());
  }

  /// A listener for these protocols and for HTTP, in TLS and in clear.
  public Listener(ListenerOptions options, List<Protocol> protocols, HttpDoor http) {
    this(options, protocols, Optional.of(http));
  }

  private Listener(ListenerOptions options, List<Protocol> protocols, Optional<HttpDoor> http) {
    this.options = options;
    this.admission = new Admission(options.connections(), options.perPeer());
    this.protocols = protocols.stream().map(this::factory).toList();
    this.useHttps = factory(new UseHttps());
    this.http = http;
  }

  private ProtocolFactory factory(Protocol protocol) {
    return new ProtocolFactory(protocol, admission, sessions, buffers, options.deadlines());
  }

  /// Begins to load, on a thread of its own, what every listener needs and what takes long: a start
  /// has other things to do meanwhile. Completes when that is done.
  public static CompletableFuture<Void> prepare() {
    return CompletableFuture.runAsync(
        () -> {
          var _ = TlsOptions.best();
          // Looks at every locale that Java knows.
          var _ = MimeTypes.DEFAULTS;
        },
        task -> Thread.ofPlatform().daemon().name("prepare").start(task));
  }

  /// Binds all addresses and begins to accept; when it returns, whoever connects is served.
  ///
  /// @throws IOException where an address can't be listened on; nothing is open then
  public synchronized void start() throws IOException {
    if (state != State.NEW) {
      throw new IllegalStateException("a listener starts once");
    }
    state = State.STOPPED;
    boolean started = false;
    try {
      bindAll();
      http.ifPresent(this::serveHttp);
      // Without them it runs as well, only not as long.
      var _ = admission.spare().take();
      server.start();
      started = true;
      state = State.STARTED;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot start to listen: " + e.getMessage(), e);
    } finally {
      if (!started) {
        stopServer();
      }
    }
  }

  private void bindAll() throws IOException {
    // In steps of 2 KiB: that is what the detector holds for a connection that is silent yet.
    ArrayByteBufferPool pool =
        new ArrayByteBufferPool(0, 2 << 10, 1 << 20, -1, 8L << 20, 48L << 20);
    List<InetSocketAddress> bound = new ArrayList<>();
    int port = options.port();
    for (InetSocketAddress address : wanted()) {
      InetSocketAddress local = new InetSocketAddress(address.getAddress(), port);
      DoorConnector connector = bind(pool, local);
      connector.setIdleTimeout(options.deadlines().firstByte().toMillis());
      connectors.add(connector);
      server.addConnector(connector);
      port = connector.getLocalPort();
      bound.add(new InetSocketAddress(address.getAddress(), port));
    }
    addresses = List.copyOf(bound);
  }

  private DoorConnector bind(ArrayByteBufferPool pool, InetSocketAddress local) throws IOException {
    List<ConnectionFactory.Detecting> outer = new ArrayList<>(protocols);
    List<ConnectionFactory> inner = new ArrayList<>();
    if (http.isPresent()) {
      HttpFactories factories = HttpFactories.of(http.get(), admission, useHttps);
      outer.add(factories.tls());
      outer.add(factories.plain());
      inner.addAll(factories.inner());
    }
    return DoorConnector.bind(server, pool, local, admission, outer, inner);
  }

  private void serveHttp(HttpDoor door) {
    Deadlines deadlines = options.deadlines();
    PlainErrors errors = new PlainErrors(door.visits());
    Exchanges exchanges = new Exchanges(door.handler(), admission, sessions, deadlines, errors);
    server.setHandler(exchanges);
    server.setErrorHandler(errors);
    Watch watch = new Watch(connectors, exchanges, deadlines);
    var _ =
        server.addBean(new Recurring(connectors.getFirst().getScheduler(), watch.period(), watch));
  }

  private List<InetSocketAddress> wanted() {
    // Without an address the socket takes IPv6 and IPv4 callers alike.
    return options.addresses().isEmpty()
        ? List.of(new InetSocketAddress(0))
        : options.addresses().stream().map(address -> new InetSocketAddress(address, 0)).toList();
  }

  /// The port that is listened on.
  public int port() {
    return addresses().getFirst().getPort();
  }

  /// Where it listens; a wildcard address stands for all.
  public List<InetSocketAddress> addresses() {
    if (addresses.isEmpty()) {
      throw new IllegalStateException("not started");
    }
    return addresses;
  }

  /// Completes as soon as there has been no connection for `quiet`; fails at the stop.
  public CompletableFuture<Void> idle(Duration quiet) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            if (!admission.awaitQuiet(quiet)) {
              throw new CancellationException("the listener was stopped");
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
          }
        },
        task -> Thread.ofVirtual().name("idle-watch").start(task));
  }

  /// Stops accepting at once, lets running transfers go on until the drain time is over and resets
  /// those that are left; returns how many these were. Idempotent; an interrupt ends the draining.
  public synchronized int stop() {
    if (state != State.STARTED) {
      state = State.STOPPED;
      return 0;
    }
    state = State.STOPPED;
    sessions.close();
    int left = drain();
    admission.close();
    stopServer();
    return left;
  }

  private void stopAccepting() throws InterruptedException {
    for (DoorConnector connector : connectors) {
      connector.stopAccepting();
    }
    connectors.forEach(DoorConnector::lastAnswers);
    connectors.forEach(Listener::dropSilent);
  }

  private int drain() {
    int left = 0;
    boolean interrupted = false;
    try {
      stopAccepting();
      left = sessions.awaitNone(options.drain());
    } catch (InterruptedException e) {
      interrupted = true;
      left = sessions.count();
    }
    try {
      sessions.resetAll();
      int stuck = sessions.awaitNone(CLEANUP);
      if (stuck > 0) {
        LOG.warn("{} connections are still being cleaned up", stuck);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return left;
  }

  /// Those that haven't said anything yet, or nothing more, have nothing to lose.
  private static void dropSilent(DoorConnector connector) {
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      if (!(endPoint.getConnection() instanceof ProtocolConnection)
          && !DoorEndPoint.under(endPoint).turns().isServing()) {
        endPoint.close();
      }
    }
  }

  private void stopServer() {
    connectors.forEach(DoorConnector::close);
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the listener didn't stop cleanly", e);
    }
  }

  /// The same as [#stop()].
  @Override
  public void close() {
    var _ = stop();
  }

  private enum State {
    NEW,
    STARTED,
    STOPPED
  }
}
