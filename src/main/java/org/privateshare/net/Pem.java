package org.privateshare.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// Reads and writes certificates and private keys as PEM.
///
/// Reads with the JDK alone, at every start; BouncyCastle is only for making an identity, once.
/// Failures name the file and what is wrong with it, and never carry a piece of its content, nor
/// the library's exception, which might.
final class Pem {
  static final int MAX_BYTES = 256 << 10;

  private static final String KEY = "PRIVATE KEY";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final Set<String> CERTIFICATES = Set.of(CERTIFICATE, "X509 CERTIFICATE");

  /// Of what a key may be. Which of them a server can use is not said here.
  private static final List<String> ALGORITHMS =
      List.of("EC", "RSA", "RSASSA-PSS", "EdDSA", "XDH", "DSA");

  private Pem() {}

  /// All certificates of a file, in its order; at least one.
  static List<X509Certificate> certificates(Path file, byte[] content) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    for (PemBlock block : PemBlock.parse(file, content)) {
      if (CERTIFICATES.contains(block.label())) {
        chain.add(decodeCertificate(file, block));
      }
    }
    if (chain.isEmpty()) {
      throw new IOException(file + " holds no certificate in PEM form");
    }
    return chain;
  }

  private static X509Certificate decodeCertificate(Path file, PemBlock block) throws IOException {
    try (ByteArrayInputStream encoded = new ByteArrayInputStream(block.content())) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(encoded);
      if (encoded.available() > 0) {
        throw PemBlock.damaged(file);
      }
      return certificate;
    } catch (CertificateException e) {
      throw new IOException(file + " holds a damaged certificate", e);
    }
  }

  /// The one private key of a file, PKCS#8 without a password.
  static PrivateKey privateKey(Path file, byte[] content) throws IOException {
    List<PemBlock> keys = new ArrayList<>();
    for (PemBlock block : PemBlock.parse(file, content)) {
      // Certificates and parameters may stand beside the key.
      if (block.label().endsWith(KEY)) {
        requireUsableForm(file, block);
        keys.add(block);
      }
    }
    if (keys.size() != 1) {
      throw new IOException(file + " holds " + (keys.isEmpty() ? "no" : "more than one") + " key");
    }
    return decodeKey(file, keys.getFirst());
  }

  private static void requireUsableForm(Path file, PemBlock block) throws IOException {
    if (block.label().equals("ENCRYPTED " + KEY) || block.hasHeaders()) {
      throw new IOException(
          "the key in "
              + file
              + " has a password: store it without one, mode 0600"
              + " (openssl pkcs8 -topk8 -nocrypt)");
    }
    if (!block.label().equals(KEY)) {
      throw new IOException(
          "the key in " + file + " is not PKCS#8: openssl pkcs8 -topk8 -nocrypt converts it");
    }
  }

  /// Each factory takes the keys of its own algorithm, which stands in them, and no others.
  private static PrivateKey decodeKey(Path file, PemBlock block) throws IOException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(block.content());
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (NoSuchAlgorithmException | InvalidKeySpecException withheld) {
        // The next one, perhaps.
      }
    }
    throw PemBlock.damaged(file);
  }

  /// A private key as PKCS#8 and its certificate, in one text.
  static byte[] write(PrivateKey key, X509Certificate certificate) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter pem = new PemWriter(text)) {
      pem.writeObject(new PemObject(KEY, key.getEncoded()));
      pem.writeObject(new PemObject(CERTIFICATE, certificate.getEncoded()));
    } catch (CertificateException e) {
      throw new IOException("the new certificate can't be encoded", e);
    }
    return text.toString().getBytes(UTF_8);
  }
}
