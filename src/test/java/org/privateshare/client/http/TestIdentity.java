package org.privateshare.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.privateshare.model.Fingerprint;

/// Servers' keys for tests, made afresh by the JDK's `keytool` and certified by an authority of the
/// tests' own.
public enum TestIdentity {
  LOCALHOST("SAN=dns:localhost,ip:127.0.0.1", "-1d"),
  ELSEWHERE("SAN=dns:elsewhere.example", "-1d"),
  EXPIRED("SAN=dns:localhost,ip:127.0.0.1", "-30d");

  private static final String AUTHORITY = "authority";
  private static final String PASSWORD = "only for tests";

  private final String names;
  private final String from;

  TestIdentity(String names, String from) {
    this.names = names;
    this.from = from;
  }

  /// What the server with this key is known by.
  public Fingerprint fingerprint() throws GeneralSecurityException {
    return Fingerprint.of(Made.STORE.getCertificate(name()).getPublicKey());
  }

  /// TLS as the server with this key speaks it, by the JDK.
  public SSLContext server() throws GeneralSecurityException, IOException {
    char[] password = PASSWORD.toCharArray();
    var one = empty();
    var chain = Made.STORE.getCertificateChain(name());
    one.setKeyEntry("server", Made.STORE.getKey(name(), password), password, chain);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, password);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /// A store with the authority that has certified all of them.
  static KeyStore authority() throws GeneralSecurityException, IOException {
    var authorities = empty();
    authorities.setCertificateEntry(AUTHORITY, Made.STORE.getCertificate(AUTHORITY));
    return authorities;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static final class Made {
    private static final KeyStore STORE = make();

    private static KeyStore make() {
      try {
        Path folder = Files.createTempDirectory("identity");
        Path file = folder.resolve("identity.p12");
        try {
          keytool(file, AUTHORITY, "-60d", "-ext", "BC=ca:true");
          for (var identity : TestIdentity.values()) {
            String names = identity.names;
            keytool(file, identity.name(), identity.from, "-ext", names, "-signer", AUTHORITY);
          }
          var store = KeyStore.getInstance("PKCS12");
          try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
          }
          return store;
        } finally {
          Files.deleteIfExists(file);
          Files.delete(folder);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void keytool(Path file, String alias, String from, String... more)
        throws IOException, InterruptedException {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
      command.addAll(
          List.of("-startdate", from, "-validity", alias.equals(AUTHORITY) ? "90" : "7"));
      command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
      command.addAll(List.of(more));
      var output = ProcessBuilder.Redirect.DISCARD;
      int exit =
          new ProcessBuilder(command)
              .redirectError(output)
              .redirectOutput(output)
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IOException("keytool ended with " + exit);
      }
    }
  }
}
