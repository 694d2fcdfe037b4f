package org.privateshare.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityTest {
  @TempDir private Path folder;

  @Test
  void theFirstStartMakesAnIdentityAndTheNextFindsIt() throws Exception {
    Path state = folder.resolve("new/tls");
    Identity made = Identity.kept(state);
    assertThat(Identity.kept(state).fingerprint()).isEqualTo(made.fingerprint());
    assertThat(mode(state)).isEqualTo("rwx------");
    assertThat(mode(state.resolve("identity.pem"))).isEqualTo("rw-------");
    assertThat(state).isDirectoryNotContaining("glob:**.pem.*");
    assertThat(Identity.kept(folder.resolve("other")).fingerprint())
        .isNotEqualTo(made.fingerprint());
  }

  @Test
  void anAnnouncedIdentityIsTheOneAnnouncedLast() throws Exception {
    Path state = folder.resolve("state");
    Path pin = state.resolve("identity.pin");
    for (String name : List.of("one", "two")) {
      Identity identity = Identity.kept(folder.resolve(name));
      identity.announce(state);
      assertThat(pin).hasContent(identity.fingerprint() + "\n");
      assertThat(Files.getPosixFilePermissions(pin))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(state).isDirectoryNotContaining(file -> !file.equals(pin));
  }

  @Test
  void theCertificateIsForThisMachineAndTenYears() throws Exception {
    Identity made = Identity.kept(folder.resolve("tls"));
    X509Certificate own = made.find(made.alias()).orElseThrow().chain().getFirst();
    assertThat(own.getPublicKey()).isInstanceOf(ECPublicKey.class);
    assertThat(own.getSigAlgName()).isEqualTo("SHA256withECDSA");
    own.verify(own.getPublicKey());
    assertThat(own.getSerialNumber().signum()).isPositive();
    assertThat(own.getSerialNumber().bitLength()).isEqualTo(127);
    assertThat(own.getBasicConstraints()).isEqualTo(-1);
    assertThat(own.getSubjectAlternativeNames())
        .contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    Instant end = Instant.now().atZone(ZoneOffset.UTC).plusYears(10).toInstant();
    assertThat(own.getNotAfter().toInstant()).isBetween(end.minusSeconds(2 * 86_400), end);
  }

  @Test
  void theFingerprintIsWhatOpensslComputes() throws Exception {
    Identity made = Identity.kept(folder.resolve("tls"));
    Path file = folder.resolve("tls/identity.pem");
    Path key = folder.resolve("public.der");
    assertThat(run("pkey", "-in", file, "-pubout", "-outform", "DER", "-out", key).exit()).isZero();
    Path hash = folder.resolve("hash");
    assertThat(run("dgst", "-sha256", "-binary", "-out", hash, key).exit()).isZero();
    assertThat(made.fingerprint().toString())
        .isEqualTo("sha256//" + Base64.getEncoder().encodeToString(Files.readAllBytes(hash)));
  }

  /// Row 250 of the bad inputs, and its neighbours.
  enum Bad {
    KEY_OPEN_TO_ALL("open to others (mode rw-r--r--)"),
    KEY_OPEN_TO_THE_GROUP("open to others (mode rw-r-----)"),
    KEY_OF_ANOTHER_CERTIFICATE("does not belong to the first certificate"),
    BYTE_ORDER_MARK("byte order mark"),
    PASSWORD("has a password"),
    OLD_FORM("not PKCS#8"),
    WEAK_RSA("too weak"),
    NEITHER_EC_NOR_RSA("neither EC nor RSA"),
    CUT("is damaged"),
    GARBLED("is damaged"),
    NO_KEY("holds no key"),
    TWO_KEYS("more than one key"),
    NO_CERTIFICATE("holds no certificate"),
    TOO_LARGE("larger than"),
    MISSING("does not exist"),
    FOLDER("not a regular file");

    private final String reason;

    Bad(String reason) {
      this.reason = reason;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeUsedIsRefusedWithTheReasonAndWithoutKeyText(Bad bad) throws Exception {
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    make(chain, key, "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    spoil(bad, chain, key);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Identity.ofFiles(chain, key))
        .withMessageContaining(bad.reason)
        .satisfies(e -> assertThat(traceOf(e)).doesNotContain(secretsOf(key)));
  }

  private void spoil(Bad bad, Path chain, Path key) throws Exception {
    String text = Files.readString(key);
    switch (bad) {
      case KEY_OPEN_TO_ALL -> chmod(key, "rw-r--r--");
      case KEY_OPEN_TO_THE_GROUP -> chmod(key, "rw-r-----");
      case KEY_OF_ANOTHER_CERTIFICATE ->
          make(folder.resolve("x"), key, "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
      case BYTE_ORDER_MARK -> Files.writeString(key, "\ufeff" + text);
      case PASSWORD ->
          convert(key, "pkcs8", "-topk8", "-passout", "pass:secret", "-v2", "aes-256-cbc");
      case OLD_FORM -> convert(key, "ec");
      case WEAK_RSA -> make(chain, key, "rsa", "-pkeyopt", "rsa_keygen_bits:1024");
      case NEITHER_EC_NOR_RSA -> make(chain, key, "ed25519");
      case CUT -> Files.writeString(key, text.substring(0, text.length() / 2));
      case GARBLED -> Files.writeString(key, text.replaceFirst("(?m)^MI", "M*"));
      case NO_KEY -> Files.writeString(key, "");
      case TWO_KEYS -> Files.writeString(key, text + text);
      case NO_CERTIFICATE -> Files.writeString(chain, text);
      case TOO_LARGE -> Files.write(key, new byte[Pem.MAX_BYTES + 1]);
      case MISSING -> Files.delete(key);
      case FOLDER -> {
        Files.delete(key);
        Files.createDirectory(key);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void bothEndsOfLineAreRead(String end) throws Exception {
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    make(chain, key, "rsa", "-pkeyopt", "rsa_keygen_bits:2048");
    Files.writeString(key, Files.readString(key).replace("\n", end));
    Files.writeString(chain, Files.readString(chain).replace("\n", end));
    Identity given = Identity.ofFiles(chain, key);
    assertThat(given.hasKeyOf("RSA")).isTrue();
    assertThat(given.hasKeyOf("EC")).isFalse();
  }

  @Test
  void linksToGivenFilesAreFollowed() throws Exception {
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    make(chain, key, "ec", "-pkeyopt", "ec_paramgen_curve:P-384");
    Path live = Files.createDirectory(folder.resolve("live"));
    Files.createSymbolicLink(live.resolve("chain"), chain);
    Files.createSymbolicLink(live.resolve("key"), key);
    assertThat(Identity.ofFiles(live.resolve("chain"), live.resolve("key")).fingerprint())
        .isEqualTo(Identity.ofFiles(chain, key).fingerprint());
  }

  @Test
  void anExpiredCertificateIsUsedAllTheSame() throws Exception {
    Clock past = Clock.fixed(Instant.parse("2010-01-01T00:00:00Z"), ZoneOffset.UTC);
    Credentials old = SelfSigned.make(past);
    assertThat(old.isValidAt(past.instant())).isTrue();
    assertThat(old.isValidAt(Instant.now())).isFalse();
    Path file = folder.resolve("old.pem");
    PrivateFiles.create(file, Pem.write(old.key(), old.chain().getFirst()));
    assertThat(Identity.ofFiles(file, file).fingerprint()).isEqualTo(old.fingerprint());
  }

  @Test
  void aKeptIdentityBehindALinkOrOpenToOthersIsRefused() throws Exception {
    Path real = folder.resolve("real");
    var _ = Identity.kept(real);
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    refused(link, "symbolic link");
    Path file = real.resolve("identity.pem");
    chmod(file, "rw----r--");
    refused(real, "open to others");
    chmod(file, "rw-------");
    chmod(real, "rwxr-x---");
    refused(real, "open to others");
    chmod(real, "rwx------");
    Files.move(file, folder.resolve("moved"));
    Files.createSymbolicLink(file, folder.resolve("moved"));
    refused(real, "symbolic link");
  }

  private static void refused(Path state, String reason) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Identity.kept(state))
        .withMessageContaining(reason);
  }

  /// Makes a key and a certificate that it signs itself, as an operator would.
  static void make(Path chain, Path key, String algorithm, String... more) throws Exception {
    var command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-newkey"));
    command.addAll(List.of(algorithm, "-subj", "/CN=localhost"));
    command.addAll(List.of("-keyout", key.toString(), "-out", chain.toString()));
    command.addAll(List.of(more));
    Tool made = Tool.run(command.toArray(String[]::new));
    assertThat(made.exit()).as(made.output()).isZero();
    chmod(key, "rw-------");
  }

  private static void convert(Path key, String command, String... more) throws Exception {
    Path old = key.resolveSibling("old.pem");
    Files.move(key, old);
    var all = new ArrayList<Object>(List.of(command, "-in", old, "-out", key));
    all.addAll(List.of(more));
    assertThat(run(all.toArray()).exit()).isZero();
    chmod(key, "rw-------");
  }

  private static Tool run(Object... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "openssl";
    for (int i = 0; i < arguments.length; i++) {
      command[i + 1] = arguments[i].toString();
    }
    return Tool.run(command);
  }

  private static void chmod(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static String traceOf(Throwable e) {
    var text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /// Every line of Base64 in the file, or something that never appears.
  private static List<String> secretsOf(Path key) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(key), UTF_8)
              .lines()
              .filter(line -> line.length() >= 16 && !line.startsWith("-"))
              .map(line -> line.substring(0, 16))
              .filter(line -> line.matches("[A-Za-z0-9+/*]+"))
              .toList();
      return lines.isEmpty() ? List.of("-- no key --") : lines;
    } catch (IOException none) {
      return List.of("-- no key --");
    }
  }
}
