package org.privateshare.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection from the moment its protocol is known: a virtual thread that serves it, blocking.
/// Until then it is only an entry in the selector.
final class ProtocolConnection extends AbstractConnection implements Connection.UpgradeTo {
  private static final Logger LOG = LoggerFactory.getLogger(ProtocolConnection.class);

  private final DoorEndPoint endPoint;
  private final ProtocolFactory factory;
  private ByteBuffer first = ByteBuffer.allocate(0);

  ProtocolConnection(DoorEndPoint endPoint, Executor executor, ProtocolFactory factory) {
    super(endPoint, executor);
    this.endPoint = endPoint;
    this.factory = factory;
  }

  @Override
  public void onUpgradeTo(ByteBuffer unread) {
    first = unread;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    // From here on the wire keeps the time.
    endPoint.setIdleTimeout(0);
    Thread.ofVirtual().name(factory.protocol().name()).start(this::run);
  }

  /// Jetty's tasks come here only if something registered interest, which nothing does.
  @Override
  public void onFillable() {}

  private void run() {
    try {
      factory.admission().takePlaceToServe();
    } catch (InterruptedException e) {
      endPoint.close();
      return;
    }
    try {
      serve(new SocketWire(endPoint, first, factory.buffers(), factory.deadlines()));
    } catch (IOException gone) {
      LOG.debug("a connection was gone before it was served", gone);
      endPoint.close();
    } finally {
      factory.admission().giveBack();
    }
  }

  private void serve(SocketWire wire) {
    if (!factory.sessions().enter(wire, wire::reset)) {
      wire.reset();
      return;
    }
    try {
      factory.protocol().serve(wire);
      wire.close();
    } catch (IOException e) {
      LOG.debug("{} of {} failed", factory.protocol().name(), wire.peer(), e);
    } catch (RuntimeException | Error bug) {
      LOG.error("{} of {} failed by a bug of ours", factory.protocol().name(), wire.peer(), bug);
    } finally {
      // This does nothing to a connection that was closed above.
      wire.reset();
      factory.sessions().leave(wire);
    }
  }
}
