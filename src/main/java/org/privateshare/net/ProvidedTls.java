package org.privateshare.net;

import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// TLS as one provider does it: 1.3 and 1.2, authenticated encryption (AEAD) with ephemeral keys
/// only, no renegotiation.
final class ProvidedTls extends SslConnectionFactory {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /// AES first: on processors with AES instructions it is several times faster than ChaCha20.
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  private final boolean packs;

  /// @param next what is spoken inside
  ProvidedTls(Identity identity, TlsOptions options, String next) {
    super(contextFactory(identity, options.provider()), next);
    this.packs = options.packsRecords();
    setDirectBuffersForEncryption(options.provider().prefersDirect());
    setDirectBuffersForDecryption(true);
    // The caller sets one up that also accepts requests by address.
    setEnsureSecureRequestCustomizer(false);
    addBean(new FirstRequest());
  }

  private static SslContextFactory.Server contextFactory(Identity identity, TlsProvider provider) {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(context(identity, provider));
    factory.setExcludeProtocols();
    factory.setIncludeProtocols(PROTOCOLS);
    factory.setExcludeCipherSuites();
    factory.setIncludeCipherSuites(SUITES);
    factory.setUseCipherSuitesOrder(true);
    factory.setRenegotiationAllowed(false);
    return factory;
  }

  private static SSLContext context(Identity identity, TlsProvider provider) {
    Supplier<IllegalStateException> absent =
        () -> new IllegalStateException("no TLS by " + provider + " here");
    SSLContext context = provider.context().orElseThrow(absent);
    try {
      context.init(new KeyManager[] {new IdentityKeyManager(identity)}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS by " + provider + " can't be set up", e);
    }
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    DoorEndPoint.under(endPoint).watchTurns();
    return super.newConnection(connector, endPoint);
  }

  @Override
  protected SslConnection newSslConnection(
      Connector connector, EndPoint endPoint, SSLEngine engine) {
    return packs
        ? new PackedTls(
            new RoomyPool(connector.getByteBufferPool()),
            connector.getExecutor(),
            getSslContextFactory(),
            endPoint,
            engine,
            isDirectBuffersForEncryption())
        : super.newSslConnection(connector, endPoint, engine);
  }

  /// The time for the first request begins anew when the handshake is over.
  private static final class FirstRequest implements SslHandshakeListener {
    @Override
    public void handshakeSucceeded(Event event) {
      DoorEndPoint.under(event.getEndPoint()).turns().restart();
    }
  }

  /// Gives room for several records to whoever asks for the room of one.
  private static final class RoomyPool extends ByteBufferPool.Wrapper {
    private static final int ONE_RECORD = 8 << 10;
    private static final int SEVERAL_RECORDS = (64 << 10) + 17_000;

    RoomyPool(ByteBufferPool pool) {
      super(pool);
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
      return super.acquire(size > ONE_RECORD ? Math.max(size, SEVERAL_RECORDS) : size, direct);
    }
  }
}
