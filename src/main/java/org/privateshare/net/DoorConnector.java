package org.privateshare.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Jetty's connector with our manners: accepts only while there is a place, survives a lack of
/// descriptors, and finds out what a caller speaks.
final class DoorConnector extends ServerConnector {
  private static final Logger LOG = LoggerFactory.getLogger(DoorConnector.class);
  private static final long ACCEPT_PAUSE_MILLIS = 200;
  private static final long ACCEPTOR_END_SECONDS = 5;
  private static final int BACKLOG = 4096;

  /// Each reads, and answers what is at hand, on one processor at a time.
  private static final int SELECTORS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final Admission admission;
  private final Seldom complaints = new Seldom();

  /// Counted down where the one acceptor will not accept any more.
  private final CountDownLatch acceptorGone = new CountDownLatch(1);

  private DoorConnector(
      Server server, ByteBufferPool pool, Admission admission, ConnectionFactory... factories) {
    super(server, null, null, pool, 1, SELECTORS, factories);
    this.admission = admission;
    addBean(admission);
  }

  /// A connector bound to `address` that isn't started yet.
  ///
  /// @param outer what the first bytes of a connection are shown to, in this order
  /// @param inner what is spoken inside one of these
  static DoorConnector bind(
      Server server,
      ByteBufferPool pool,
      InetSocketAddress address,
      Admission admission,
      List<? extends ConnectionFactory.Detecting> outer,
      List<ConnectionFactory> inner)
      throws IOException {
    List<ConnectionFactory> factories = new ArrayList<>();
    factories.add(new Detector(outer));
    factories.addAll(outer);
    factories.addAll(inner);
    DoorConnector connector =
        new DoorConnector(server, pool, admission, factories.toArray(ConnectionFactory[]::new));
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      var _ = channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      var _ = channel.bind(address, BACKLOG);
      connector.open(channel);
      return connector;
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot listen on " + spell(address) + ": " + e.getMessage(), e);
    }
  }

  private static String spell(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress()
        ? "port " + address.getPort()
        : address.getAddress().getHostAddress() + " port " + address.getPort();
  }

  /// Closes the port and returns when nothing more is accepted.
  ///
  /// The acceptor must be done before Jetty interrupts it: an interrupt in the very moment of an
  /// accept makes the JDK forget the accepted connection, open and in nobody's hands.
  void stopAccepting() throws InterruptedException {
    close();
    admission.stopAccepting();
    if (!acceptorGone.await(ACCEPTOR_END_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("the acceptor of port {} does not end", getLocalPort());
    }
  }

  /// From now on answers of HTTP say that their connection isn't kept.
  void lastAnswers() {
    setShutdownIdleTimeout(-1);
    // Who waits for the end of the connections knows more of them than Jetty.
    var _ = shutdown();
    getConnectedEndPoints().forEach(DoorConnector::sayLastStream);
  }

  /// HTTP/2 has a frame for it: streams that run go on, no new ones are taken.
  private static void sayLastStream(EndPoint endPoint) {
    Connection connection = endPoint.getConnection();
    if (connection instanceof SslConnection tls) {
      connection = tls.getSslEndPoint().getConnection();
    }
    if (connection instanceof HTTP2Connection http2) {
      var _ = http2.getSession().shutdown();
    }
  }

  @Override
  public void accept(int acceptor) throws IOException {
    try {
      if (!admission.takePlace()) {
        acceptorGone.countDown();
        throw new ClosedChannelException();
      }
    } catch (InterruptedException e) {
      // The stop; the loop above looks whether it shall go on.
      return;
    }
    boolean accepted = false;
    try {
      super.accept(acceptor);
      accepted = isOpen();
    } finally {
      if (!accepted) {
        admission.giveBack();
      }
    }
  }

  /// Out of descriptors, most likely: what runs goes on, and whoever waits in the queue is accepted
  /// as soon as there are some again.
  @Override
  protected boolean handleAcceptFailure(Throwable failure) {
    admission.spare().close();
    do {
      if (!isRunning() || !isOpen()) {
        acceptorGone.countDown();
        return false;
      }
      if (complaints.isDue()) {
        LOG.warn("cannot accept connections: {}", failure.getMessage());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(ACCEPT_PAUSE_MILLIS);
      } catch (InterruptedException stop) {
        return false;
      }
    } while (!admission.spare().take());
    return true;
  }

  /// Who was accepted in the moment of the stop comes too late.
  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    super.onEndPointOpened(endPoint);
    if (!isOpen()) {
      endPoint.close();
    }
  }

  @Override
  protected SelectorManager newSelectorManager(
      Executor executor, Scheduler scheduler, int selectors) {
    return new Selectors(executor, scheduler, selectors);
  }

  /// Waits for the sockets on threads of the system's: the JDK lets a virtual thread wait for a
  /// selector by asking yet another thread to do so.
  private final class Selectors extends ServerConnectorManager {
    Selectors(Executor executor, Scheduler scheduler, int selectors) {
      // As something that only executes, or Jetty would let one of its threads wait in turn.
      super(task -> executor.execute(task), scheduler, selectors);
    }

    /// What it begins at its start is what waits.
    @Override
    protected void execute(Runnable task) {
      if (isStarting()) {
        var _ = Thread.ofPlatform().daemon().name("selector").start(task);
      } else {
        super.execute(task);
      }
    }
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    DoorEndPoint endPoint = new DoorEndPoint(channel, selector, key, getScheduler());
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }

  /// Reads first bytes until one protocol takes them; closes without a word what nobody takes.
  private static final class Detector extends DetectorConnectionFactory {
    Detector(List<? extends ConnectionFactory.Detecting> outer) {
      super(outer.toArray(ConnectionFactory.Detecting[]::new));
    }

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer first) {
      LOG.debug("{} speaks nothing known", endPoint.getRemoteSocketAddress());
      endPoint.close();
    }
  }
}
