package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateshare.access.StateFolder;
import org.privateshare.client.http.DeadPort;
import org.privateshare.share.Limits;

/// Runs the scripts beside this class against a real server, each in a folder and a share of its
/// own. [Script] says what a script may hold.
final class ScriptTest {
  @TempDir private Path folder;

  static List<String> scripts() throws IOException, URISyntaxException {
    var here = Objects.requireNonNull(ScriptTest.class.getResource("scripts")).toURI();
    try (Stream<Path> files = Files.list(Path.of(here))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyLineOfAScriptHolds(String name) throws Exception {
    Path share = Files.createDirectory(folder.resolve("share"));
    Path work = Files.createDirectory(folder.resolve("work"));
    boolean readOnly = name.startsWith("read-only");
    try (Serve server = Serve.start(plan(share, readOnly));
        DeadPort dead = new DeadPort();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = server.addresses().getFirst().getPort();
      Script script = new Script(share, work, port, dead.number(), server.fingerprint());
      script.run(lines(name), taken.getLocalPort());
    }
    assertThat(share.resolve(".privateshare/staging")).isEmptyDirectory();
  }

  private static ServePlan plan(Path share, boolean readOnly) {
    return new ServePlan(
        share,
        0,
        List.of(),
        Reach.LOOPBACK,
        new Limits(1 << 20, 1, readOnly),
        Optional.empty(),
        Duration.ofSeconds(5),
        HttpPlan.DEFAULT,
        ServePlan.HISTORY,
        new StateFolder(share.resolveSibling("state").resolve("privateshare")),
        new LogPlan(LogFormat.TEXT, Optional.empty(), false));
  }

  private static List<String> lines(String name) throws IOException {
    try (var in = Objects.requireNonNull(ScriptTest.class.getResourceAsStream("scripts/" + name))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
