package org.privateshare.client.http;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.conscrypt.Conscrypt;

/// Whose TLS is used: Conscrypt (BoringSSL) where its native library loads, the JDK's elsewhere.
///
/// The native library is looked for in Conscrypt's own jar, which costs an unpacking of 3 MB at
/// every start, and then on `java.library.path`. So a distribution leaves `META-INF/native` out of
/// the jar and puts the one library that fits (`libconscrypt_openjdk_jni-linux-x86_64.so`) into a
/// folder that the launcher names with `-Djava.library.path=...`. `-Dprivateshare.tls=jdk` asks for
/// the JDK's TLS whatever there is.
enum TlsProvider {
  CONSCRYPT,
  JDK;

  private static final String CHOICE = "privateshare.tls";

  /// What serves best here.
  static TlsProvider best() {
    return Best.PROVIDER;
  }

  /// A context that has not been initialised yet; empty where this provider is not to be had.
  Optional<SSLContext> context() {
    try {
      return Optional.of(
          switch (this) {
            case CONSCRYPT -> SSLContext.getInstance("TLS", conscrypt());
            case JDK -> SSLContext.getInstance("TLS");
          });
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every provider of TLS has a context for it", e);
    } catch (LinkageError e) {
      // No jar on the class path, or no native library for this machine.
      return Optional.empty();
    }
  }

  /// Whether bytes outside the Java heap are the faster ones for its encrypted side.
  boolean prefersDirect() {
    return this == CONSCRYPT;
  }

  private static Provider conscrypt() {
    Conscrypt.checkAvailability();
    return Conscrypt.newProvider();
  }

  private static final class Best {
    private static final TlsProvider PROVIDER = choose();

    private static TlsProvider choose() {
      if ("jdk".equals(System.getProperty(CHOICE))) {
        return JDK;
      }
      return CONSCRYPT.context().isPresent() ? CONSCRYPT : JDK;
    }
  }
}
