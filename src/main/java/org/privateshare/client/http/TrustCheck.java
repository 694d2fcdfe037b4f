package org.privateshare.client.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.privateshare.model.Fingerprint;

/// Looks at a server's certificate during the handshake, before any of our bytes go out.
///
/// The handshake itself proves that the server holds the private key; this says whose key may do.
abstract class TrustCheck extends X509ExtendedTrustManager {

  /// Accepts the holder of one key.
  static TrustCheck pinned(Fingerprint pin) {
    return new TrustCheck() {
      @Override
      void check(X509Certificate[] chain, SSLEngine engine, Fingerprint seen)
          throws CertificateException {
        if (!seen.base64().equals(pin.base64())) {
          throw new Failed(Optional.of(pin), seen, "not the pinned key", null);
        }
      }
    };
  }

  /// Accepts whom `authorities` accept; the engine must ask for the check of the host's name.
  static TrustCheck certified(X509ExtendedTrustManager authorities) {
    return new TrustCheck() {
      @Override
      void check(X509Certificate[] chain, SSLEngine engine, Fingerprint seen)
          throws CertificateException {
        try {
          // Providers name the key exchange differently, and the JDK refuses names it doesn't know.
          // All of ours are signed, which is what "UNKNOWN" has the certificate checked for.
          authorities.checkServerTrusted(chain, "UNKNOWN", engine);
        } catch (CertificateException e) {
          throw new Failed(Optional.empty(), seen, String.valueOf(e.getMessage()), e);
        }
      }
    };
  }

  /// Accepts anyone, to learn who is there; only [FirstContact] uses it, and sends nothing.
  static TrustCheck introduction() {
    return new TrustCheck() {
      @Override
      void check(X509Certificate[] chain, SSLEngine engine, Fingerprint seen) {}
    };
  }

  abstract void check(X509Certificate[] chain, SSLEngine engine, Fingerprint seen)
      throws CertificateException;

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("the server shows no certificate");
    }
    check(chain, engine, Fingerprint.of(chain[0].getPublicKey()));
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String kind)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String kind)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static CertificateException onlyEngines() {
    return new CertificateException("only a client's engine is checked here");
  }

  /// Carries both identities through the TLS library, which wraps it in an exception of its own.
  static final class Failed extends CertificateException {
    private static final long serialVersionUID = 1;

    private final transient Optional<Fingerprint> expected;
    private final transient Fingerprint seen;

    private Failed(
        Optional<Fingerprint> expected,
        Fingerprint seen,
        String message,
        @Nullable Throwable cause) {
      super(message, cause);
      this.expected = expected;
      this.seen = seen;
    }

    UntrustedServer unwrapped() {
      return new UntrustedServer(expected, seen, this);
    }
  }
}
