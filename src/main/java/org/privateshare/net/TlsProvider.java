package org.privateshare.net;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.conscrypt.Conscrypt;

/// Whose TLS is used: Conscrypt (BoringSSL) where its native library loads, the JDK's elsewhere.
/// `-Dprivateshare.tls=jdk` asks for the JDK's whatever there is.
public enum TlsProvider {
  /// BoringSSL, fastest with buffers outside the Java heap.
  CONSCRYPT,
  /// What every Java has, fastest with buffers inside the heap.
  JDK;

  private static final String CHOICE = "privateshare.tls";
  private static final String BUFFERS = "privateshare.tls.buffers";

  /// What serves best here.
  public static TlsProvider best() {
    boolean plain = "jdk".equals(System.getProperty(CHOICE));
    return !plain && CONSCRYPT.context().isPresent() ? CONSCRYPT : JDK;
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

  /// Whether bytes outside the Java heap are the faster ones for the encrypted side;
  /// `-Dprivateshare.tls.buffers=heap` or `direct` says so regardless, to measure it.
  boolean prefersDirect() {
    String choice = System.getProperty(BUFFERS, "");
    return choice.isEmpty() ? this == CONSCRYPT : choice.equals("direct");
  }

  /// How many descriptors a connection takes beside its socket: BoringSSL's Java side keeps a pipe
  /// for each, to wake those who wait in it, whether anybody does or not.
  int descriptors() {
    return this == CONSCRYPT ? 2 : 0;
  }

  /// Signatures by `algorithm`, such as `SHA256withECDSA`, with keys of any provider. Those of
  /// Conscrypt spare a start the interpretation of the JDK's arithmetic.
  Signature signature(String algorithm) throws NoSuchAlgorithmException {
    return switch (this) {
      case CONSCRYPT -> Signature.getInstance(algorithm, conscrypt());
      case JDK -> Signature.getInstance(algorithm);
    };
  }

  private static Provider conscrypt() {
    Conscrypt.checkAvailability();
    return Conscrypt.newProvider();
  }
}
