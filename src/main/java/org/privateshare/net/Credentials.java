package org.privateshare.net;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.List;
import org.privateshare.model.Fingerprint;

/// A private key with the certificates that speak for it, checked to belong together.
///
/// @param chain the server's certificate first, then those of its authorities, if any
/// @param key the private key to the first certificate, EC or RSA
record Credentials(List<X509Certificate> chain, PrivateKey key) {
  private static final int LEAST_RSA_BITS = 2048;

  Credentials {
    chain = List.copyOf(chain);
  }

  /// Reads both files and checks that they fit; they may be one and the same.
  ///
  /// @param links whether a symbolic link may stand for a file
  static Credentials read(Path chainFile, Path keyFile, LinkOption... links) throws IOException {
    byte[] keyText = PrivateFiles.readPrivate(keyFile, Pem.MAX_BYTES, links);
    byte[] chainText = PrivateFiles.readAny(chainFile, Pem.MAX_BYTES, links);
    List<X509Certificate> chain = Pem.certificates(chainFile, chainText);
    PrivateKey key = Pem.privateKey(keyFile, keyText);
    requireStrong(key, keyFile);
    if (!fits(key, chain.getFirst())) {
      throw new IOException(
          "the key in " + keyFile + " does not belong to the first certificate in " + chainFile);
    }
    return new Credentials(chain, key);
  }

  private static void requireStrong(PrivateKey key, Path file) throws IOException {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
      throw new IOException(
          "the key in " + file + " is too weak: RSA needs " + LEAST_RSA_BITS + " bits");
    }
    if (!List.of("EC", "RSA").contains(key.getAlgorithm())) {
      throw new IOException("the key in " + file + " is neither EC nor RSA");
    }
  }

  /// Whether what the key signs, the certificate's key verifies.
  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    try {
      byte[] challenge = new byte[32];
      new SecureRandom().nextBytes(challenge);
      String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
      TlsProvider provider = TlsProvider.best();
      Signature signer = provider.signature(algorithm);
      signer.initSign(key);
      signer.update(challenge);
      byte[] signature = signer.sign();
      Signature verifier = provider.signature(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(challenge);
      return verifier.verify(signature);
    } catch (GeneralSecurityException doesNot) {
      return false;
    }
  }

  /// What the server is known by while it uses these.
  Fingerprint fingerprint() {
    return Fingerprint.of(chain.getFirst().getPublicKey());
  }

  /// Whether the server's certificate says that it is valid at that time.
  boolean isValidAt(Instant time) {
    X509Certificate own = chain.getFirst();
    return !time.isBefore(own.getNotBefore().toInstant())
        && !time.isAfter(own.getNotAfter().toInstant());
  }

  /// Says nothing of the key.
  @Override
  public String toString() {
    return "credentials of " + fingerprint();
  }
}
