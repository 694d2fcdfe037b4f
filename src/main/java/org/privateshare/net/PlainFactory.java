package org.privateshare.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/// HTTP/1.1 in clear on the shared port, for those who may; others get the answer of [UseHttps].
final class PlainFactory extends AbstractConnectionFactory implements ConnectionFactory.Detecting {
  private final HttpConnectionFactory http;
  private final PlainHttp plain;
  private final ProtocolFactory refusal;

  /// @param refusal the factory of [UseHttps], which also recognises HTTP
  PlainFactory(HttpConfiguration configuration, PlainHttp plain, ProtocolFactory refusal) {
    // Not `http/1.1`: that is what is spoken inside TLS.
    super("http-in-clear");
    this.http = new HttpConnectionFactory(configuration);
    this.plain = plain;
    this.refusal = refusal;
    installBean(http);
  }

  @Override
  public Detection detect(ByteBuffer firstBytes) {
    return refusal.detect(firstBytes);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    if (endPoint.getRemoteSocketAddress() instanceof InetSocketAddress peer
        && plain.serves(peer.getAddress())) {
      DoorEndPoint.under(endPoint).watchTurns();
      return http.newConnection(connector, endPoint);
    }
    return refusal.newConnection(connector, endPoint);
  }
}
