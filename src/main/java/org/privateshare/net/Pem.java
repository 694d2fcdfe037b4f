package org.privateshare.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// Reads and writes certificates and private keys as PEM (RFC 7468).
///
/// Failures name the file and what is wrong with it, and never carry a piece of its content, nor
/// the library's exception, which might.
final class Pem {
  static final int MAX_BYTES = 256 << 10;

  private Pem() {}

  /// All certificates of a file, in its order; at least one.
  static List<X509Certificate> certificates(Path file, byte[] content) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Object part : parts(file, content)) {
      if (part instanceof X509CertificateHolder certificate) {
        chain.add(decode(file, certificate));
      }
    }
    if (chain.isEmpty()) {
      throw new IOException(file + " holds no certificate in PEM form");
    }
    return chain;
  }

  private static X509Certificate decode(Path file, X509CertificateHolder certificate)
      throws IOException {
    try {
      return new JcaX509CertificateConverter().getCertificate(certificate);
    } catch (CertificateException e) {
      throw new IOException(file + " holds a damaged certificate", e);
    }
  }

  /// The one private key of a file, PKCS#8 without a password.
  static PrivateKey privateKey(Path file, byte[] content) throws IOException {
    List<PrivateKeyInfo> keys = new ArrayList<>();
    for (Object part : parts(file, content)) {
      switch (part) {
        case PrivateKeyInfo key -> keys.add(key);
        case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
            throw new IOException(
                "the key in "
                    + file
                    + " has a password: store it without one, mode 0600"
                    + " (openssl pkcs8 -topk8 -nocrypt)");
        case PEMKeyPair _ ->
            throw new IOException(
                "the key in " + file + " is not PKCS#8: openssl pkcs8 -topk8 -nocrypt converts it");
        default -> {
          // Certificates and parameters may stand beside the key.
        }
      }
    }
    if (keys.size() != 1) {
      throw new IOException(file + " holds " + (keys.isEmpty() ? "no" : "more than one") + " key");
    }
    return decode(file, keys.getFirst());
  }

  private static PrivateKey decode(Path file, PrivateKeyInfo key) throws IOException {
    try {
      return new JcaPEMKeyConverter().getPrivateKey(key);
    } catch (IOException | RuntimeException withheld) {
      throw damaged(file);
    }
  }

  private static List<Object> parts(Path file, byte[] content) throws IOException {
    if (content.length >= 2 && (content[0] & 0xff) >= 0xef) {
      throw new IOException(file + " begins with a byte order mark: save it as plain ASCII");
    }
    List<Object> parts = new ArrayList<>();
    try (PEMParser parser =
        new PEMParser(new InputStreamReader(new ByteArrayInputStream(content), UTF_8))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        parts.add(part);
      }
      return parts;
    } catch (IOException | RuntimeException withheld) {
      throw damaged(file);
    }
  }

  private static IOException damaged(Path file) {
    return new IOException(file + " is damaged: it is no well-formed PEM");
  }

  /// A private key as PKCS#8 and its certificate, in one text.
  static byte[] write(PrivateKey key, X509Certificate certificate) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter pem = new PemWriter(text)) {
      pem.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
      pem.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
    } catch (CertificateException e) {
      throw new IOException("the new certificate can't be encoded", e);
    }
    return text.toString().getBytes(UTF_8);
  }
}
