package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.access.StateFolder;
import org.privateshare.share.Limits;

/// The server as it is put together, with curl at the other end.
@Timeout(60)
final class ServeTest {
  @TempDir private Path folder;
  private Path share;
  private StateFolder state;
  private final List<Serve> started = new ArrayList<>();

  @BeforeEach
  void makeFolders() throws IOException {
    share = Files.createDirectory(folder.resolve("share"));
    state = new StateFolder(folder.resolve("state/privateshare"));
  }

  @AfterEach
  void stopAll() throws IOException {
    for (Serve server : started) {
      server.close();
    }
  }

  private ServePlan plan(Path served, HttpPlan http) {
    return new ServePlan(
        served,
        0,
        List.of(),
        Reach.LOOPBACK,
        new Limits(1 << 20, 1, false),
        Optional.empty(),
        Duration.ofSeconds(5),
        http,
        ServePlan.HISTORY,
        state,
        new LogPlan(LogFormat.TEXT, Optional.empty(), false));
  }

  private Serve start(Path served, HttpPlan http) throws IOException {
    Serve server = Serve.start(plan(served, http));
    started.add(server);
    return server;
  }

  /// What curl says of the status and the body, with the server's key pinned.
  private static String curl(Serve server, String path, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("curl", "-sSk", "--max-time", "20", "-w", "%{http_code}", "--pinnedpubkey"));
    command.add(server.fingerprint().toString());
    command.addAll(List.of(more));
    command.add("https://127.0.0.1:" + server.addresses().getFirst().getPort() + path);
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(curl.getInputStream().readAllBytes(), UTF_8);
    assertThat(curl.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void theOwnerKeyOpensTheShareAndNothingElseDoes() throws Exception {
    Serve server = start(share, HttpPlan.DEFAULT);
    Path file = Files.writeString(folder.resolve("a.txt"), "hello");
    String key = ":" + server.ownerKey();
    assertThat(curl(server, "/a.txt", "-u", key, "-T", file.toString())).endsWith("201");
    assertThat(share.resolve("a.txt")).hasContent("hello");
    assertThat(curl(server, "/a.txt", "-T", file.toString())).endsWith("401");
    assertThat(state.ownerKey()).contains(server.ownerKey());
  }

  @Test
  void twoServersOfOneUserHaveOneIdentityAndOneOwnerKey() throws Exception {
    Serve one = start(share, HttpPlan.DEFAULT);
    Serve other = start(Files.createDirectory(folder.resolve("other")), HttpPlan.DEFAULT);
    assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
    assertThat(other.ownerKey()).isEqualTo(one.ownerKey());
  }

  @Test
  void aRestartKeepsIdentityAndKeys() throws Exception {
    Serve first = start(share, HttpPlan.DEFAULT);
    first.close();
    Serve second = start(share, HttpPlan.DEFAULT);
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(second.ownerKey()).isEqualTo(first.ownerKey());
  }

  @Test
  void aStateFolderThatOthersMayReadStopsTheStartAndLeavesNothingLocked() throws Exception {
    Path path = Files.createDirectories(state.path());
    var _ = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> start(share, HttpPlan.DEFAULT))
        .withMessageContaining("may be read or written by others");
    var _ = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    assertThat(curl(start(share, HttpPlan.DEFAULT), "/")).endsWith("401");
  }

  @Test
  void aDamagedKeyringStopsTheStart() throws Exception {
    start(share, HttpPlan.DEFAULT).close();
    Path keyring = state.path().resolve("keyring");
    var _ = Files.writeString(keyring, Files.readString(keyring).substring(10));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> start(share, HttpPlan.DEFAULT))
        .withMessageStartingWith("cannot use the keyring ");
  }

  @Test
  void theFilesOfTheUsersOwnAreTakenAndReadAgainWhenTheyChange() throws Exception {
    Path pem = makePem("first");
    Path own = Files.copy(pem, folder.resolve("own.pem"));
    Serve server =
        start(
            share,
            new HttpPlan(
                PlainReach.OFF,
                HttpPlan.DEFAULT.options(),
                Optional.of(new HttpPlan.OwnIdentity(own, own))));
    var first = server.fingerprint();
    assertThat(curl(server, "/")).endsWith("401");
    assertThat(Files.exists(state.path().resolve("identity.pem"))).isFalse();

    var _ = Files.writeString(own, "broken");
    assertThat(curl(server, "/")).endsWith("401");
    Files.delete(own);
    var _ = Files.copy(makePem("second"), own);
    while (server.fingerprint().equals(first)) {
      Thread.onSpinWait();
    }
    assertThat(curl(server, "/")).endsWith("401");
  }

  private Path makePem(String name) throws Exception {
    Path pem = folder.resolve(name + ".pem");
    List<String> command =
        List.of(
            "openssl",
            "req",
            "-x509",
            "-nodes",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-subj",
            "/CN=" + name,
            "-keyout",
            pem.toString(),
            "-out",
            pem + ".cert");
    assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor()).isZero();
    var _ =
        Files.writeString(pem, Files.readString(pem) + Files.readString(Path.of(pem + ".cert")));
    var _ = Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));
    return pem;
  }

  @Test
  void theBannerShowsTheKeyAtATerminalOnly() throws Exception {
    Serve server = start(share, HttpPlan.DEFAULT);
    Banner banner = new Banner(plan(share, HttpPlan.DEFAULT), Banner.Facts.of(server), share);
    String key = server.ownerKey();
    String pin = server.fingerprint().toString();
    assertThat(banner.lines(OptionalInt.empty()))
        .noneMatch(line -> line.contains("ps1_"))
        .anyMatch(line -> line.contains("curl -k --pinnedpubkey " + pin + " -u \":$(cat "))
        .anyMatch(line -> line.endsWith(pin));
    Stream<String> logins =
        banner.lines(OptionalInt.of(80)).stream().filter(line -> line.contains(" login '"));
    assertThat(logins).allMatch(line -> line.endsWith("/#" + key + "@" + pin + "'"));
  }

  /// The catalogue's row 247: the end of the connection, without TLS having said that it is one.
  @Test
  void anUploadOfUnknownLengthThatIsCutInsideTlsPublishesNothing() throws Exception {
    Serve server = start(share, HttpPlan.DEFAULT);
    String head =
        "PUT /cut HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
            + "Authorization: Bearer "
            + server.ownerKey()
            + "\r\n\r\n5\r\nhello\r\n";
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new Anyone()}, null);
    int port = server.addresses().getFirst().getPort();
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket tls = trusting.getSocketFactory().createSocket(plain, "localhost", port, true)) {
      tls.getOutputStream().write(head.getBytes(UTF_8));
      Path staging = share.resolve(".privateshare/staging");
      awaitEntries(staging, 1);
      plain.shutdownOutput();
      awaitEntries(staging, 0);
    }
    assertThat(share.resolve("cut")).doesNotExist();
  }

  private static void awaitEntries(Path folder, long count) throws IOException {
    long found = -1;
    while (found != count) {
      try (Stream<Path> entries = Files.list(folder)) {
        found = entries.count();
      }
    }
  }

  /// Trusts whoever is there.
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
