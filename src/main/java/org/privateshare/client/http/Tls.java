package org.privateshare.client.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The client's TLS: 1.3 and 1.2 with authenticated encryption (AEAD) only, and one [Trust] that
/// holds for every connection made with it. Safe for many threads.
public final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /// AES first: on processors with AES instructions it is several times faster than ChaCha20.
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final TlsProvider provider;
  private final SSLContext context;
  private final boolean checksName;

  private Tls(TlsProvider provider, TrustCheck check, boolean checksName) {
    this.provider = provider;
    this.context =
        provider
            .context()
            .orElseThrow(() -> new IllegalStateException("no TLS by " + provider + " here"));
    this.checksName = checksName;
    try {
      context.init(null, new TrustManager[] {check}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS by " + provider + " can't be set up", e);
    }
  }

  /// TLS to servers of this trust, by the provider that serves best here.
  public static Tls of(Trust trust) {
    return of(trust, TlsProvider.best());
  }

  static Tls of(Trust trust, TlsProvider provider) {
    return switch (trust) {
      case Trust.Pinned(var fingerprint) ->
          new Tls(provider, TrustCheck.pinned(fingerprint), false);
      case Trust.Authorities() -> certified(authorities(null), provider);
    };
  }

  /// TLS to servers that one of `authorities` has certified for their name.
  static Tls certified(X509ExtendedTrustManager authorities, TlsProvider provider) {
    return new Tls(provider, TrustCheck.certified(authorities), true);
  }

  /// TLS to a server that we are about to meet.
  static Tls introduction(TlsProvider provider) {
    return new Tls(provider, TrustCheck.introduction(), false);
  }

  /// The authorities in `store`, or those that this Java trusts where it is null.
  static X509ExtendedTrustManager authorities(@Nullable KeyStore store) {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (var manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager x509) {
          return x509;
        }
      }
      throw new IllegalStateException("this Java has no authorities for X.509");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the authorities that this Java trusts can't be read", e);
    }
  }

  /// An engine for one connection to `host`, which is a name or an address without brackets.
  SSLEngine engine(String host, int port) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(PROTOCOLS);
    var supported = Arrays.asList(engine.getSupportedCipherSuites());
    engine.setEnabledCipherSuites(
        SUITES.stream().filter(supported::contains).toArray(String[]::new));
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    if (checksName) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  TlsProvider provider() {
    return provider;
  }
}
