package org.privateshare.net;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;

/// TLS on the shared port, recognised by its first byte.
///
/// While there is plenty of room every connection gets the provider that the options name; where
/// many are open already, a new one gets the JDK's, which is as strict, and with which a connection
/// that rests costs a third of Conscrypt's descriptors and memory.
final class TlsFactory extends AbstractConnectionFactory implements ConnectionFactory.Detecting {
  private static final int HANDSHAKE_RECORD = 0x16;

  private final TlsOptions options;
  private final Admission admission;
  private final Function<TlsOptions, ProvidedTls> maker;
  private final ProvidedTls usual;

  /// Most servers never need it, and it takes a while to load.
  private @Nullable ProvidedTls sparing;

  /// @param next what is spoken inside
  TlsFactory(Identity identity, TlsOptions options, Admission admission, String next) {
    super("tls");
    this.options = options;
    this.admission = admission;
    this.maker = by -> new ProvidedTls(identity, by, next);
    this.usual = maker.apply(options);
    installBean(usual);
  }

  @Override
  public Detection detect(ByteBuffer firstBytes) {
    return firstBytes.get(firstBytes.position()) == HANDSHAKE_RECORD
        ? Detection.RECOGNIZED
        : Detection.NOT_RECOGNIZED;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    int more = options.provider().descriptors();
    boolean plenty =
        more == 0 || admission.takeMore(DoorEndPoint.under(endPoint).getChannel(), more);
    return (plenty ? usual : sparing()).newConnection(connector, endPoint);
  }

  private synchronized ProvidedTls sparing() {
    ProvidedTls known = sparing;
    if (known == null) {
      known = maker.apply(options.withProvider(TlsProvider.JDK));
      // Starts it as well, since this is running.
      addManaged(known);
      sparing = known;
    }
    return known;
  }
}
