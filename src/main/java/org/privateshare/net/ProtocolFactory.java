package org.privateshare.net;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;

/// Makes a [Protocol] of ours a sibling of Jetty's own: the one place where the two meet.
final class ProtocolFactory extends AbstractConnectionFactory
    implements ConnectionFactory.Detecting {
  private final Protocol protocol;
  private final Admission admission;
  private final Sessions sessions;
  private final Buffers buffers;
  private final Deadlines deadlines;

  ProtocolFactory(
      Protocol protocol,
      Admission admission,
      Sessions sessions,
      Buffers buffers,
      Deadlines deadlines) {
    super(protocol.name());
    this.protocol = protocol;
    this.admission = admission;
    this.sessions = sessions;
    this.buffers = buffers;
    this.deadlines = deadlines;
  }

  @Override
  public Detection detect(ByteBuffer firstBytes) {
    return switch (protocol.detect(firstBytes.asReadOnlyBuffer())) {
      case YES -> Detection.RECOGNIZED;
      case NO -> Detection.NOT_RECOGNIZED;
      case MORE -> Detection.NEED_MORE_BYTES;
    };
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return new ProtocolConnection((DoorEndPoint) endPoint, connector.getExecutor(), this);
  }

  Protocol protocol() {
    return protocol;
  }

  Admission admission() {
    return admission;
  }

  Sessions sessions() {
    return sessions;
  }

  Buffers buffers() {
    return buffers;
  }

  Deadlines deadlines() {
    return deadlines;
  }
}
