package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Peers that stand still or hardly move are shed: the slowest that one may be is 1 KiB/s over 60
/// s. So these tests wait for a minute, and run beside the others of their suite.
@Tag("load")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SlowPeersTest {
  private static final int SLOW = 200;
  private static final int ROUNDS = 7;
  private static final Content LARGE = new Content(2, 32 << 20);

  /// Shorter than slowhttptest tries, and much longer than the server's own deadlines: it begins a
  /// minute anew where a machine that is too busy made it oversleep.
  private static final Duration LONG = Duration.ofSeconds(270);

  private static final String GIVEN_UP = "No open connections left";

  @TempDir private Path share;

  @Test
  void classicReadersAndWritersThatStandStillAreShed() throws IOException {
    LARGE.writeTo(share.resolve("large"));
    List<RawClassic> clients = new ArrayList<>();
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      for (int i = 0; i < SLOW; i++) {
        RawClassic reader = RawClassic.connect(server.port(), 1 << 12);
        clients.add(reader);
        reader.say("get,large");
        RawClassic writer = RawClassic.connect(server.port());
        clients.add(writer);
        writer.say("put,slow-" + i);
      }
      // The server waits before each answer whether more comes.
      for (RawClassic client : clients) {
        assertThat(client.ask("")).isEqualTo(RawClassic.Answer.PASS);
      }
      Await.until("all are there", () -> server.connections() == 2 * SLOW);
      assertThat(RawClassic.get(server.port(), "large", LARGE)).isEqualTo(Door.Verdict.WHOLE);
      Await.until("all are shed", LONG, () -> nothingIsLeft(server));
      assertThat(Journal.visible(share)).containsExactly("large");
      Report.line("load: %d readers and %d writers stood still and were shed", SLOW, SLOW);
    } finally {
      for (RawClassic client : clients) {
        client.close();
      }
    }
  }

  /// Heads that don't end, bodies that trickle and readers that hardly read, by slowhttptest. How
  /// fast a healthy client is beside them is measured against a second server that has none, in
  /// turns, so whatever else the machine does holds back both.
  @Test
  void slowPeersInTlsAreShedWhileAHealthyOneKeepsItsSpeed(@TempDir Path other) throws IOException {
    Shell.need("slowhttptest", "curl");
    LARGE.writeTo(share.resolve("large"));
    LARGE.writeTo(other.resolve("large"));
    List<Process> peers = new ArrayList<>();
    try (ServerProcess server = ServerProcess.Setup.of(share).asLaunched().start();
        ServerProcess quiet = ServerProcess.Setup.of(other).asLaunched().start()) {
      String key = "x=1\r\nAuthorization: Bearer " + server.ownerKey();
      String body = "-B -t PUT -s 1000000 -x 10";
      Output bodies = start(peers, server.url("slow"), body, key);
      Output readers = start(peers, server.url("large"), "-X -w 256 -y 512 -n 5 -z 32", key);
      Await.until("bodies are on their way", () -> Journal.staged(share).size() == SLOW);
      Await.until("readers are there", () -> server.connections() >= 2 * SLOW);
      Output heads = start(peers, server.url("large"), "-H -i 5", key);
      Process ofHeads = peers.getLast();
      // These may stay for 10 s only, in which a slow machine might never have all.
      Await.until(
          "heads have begun", LONG, () -> server.connections() >= 3 * SLOW || !ofHeads.isAlive());
      double among = 0;
      double alone = 0;
      for (int i = 0; i < ROUNDS; i++) {
        among = Math.max(among, speed(server));
        alone = Math.max(alone, speed(quiet));
      }
      Await.until("they are still there", () -> server.connections() >= 2 * SLOW);
      assertThat(alone).as("bytes a second where there are none").isPositive();
      assertThat(among).as("bytes a second among slow peers").isGreaterThan(alone / 2);
      Await.until("all are shed", LONG, () -> nothingIsLeft(server));
      assertThat(heads.awaitAll()).contains(GIVEN_UP);
      assertThat(bodies.awaitAll()).contains(GIVEN_UP);
      // It notices late that nobody writes to its readers any more, and goes on.
      assertThat(peers.get(1).isAlive() || readers.awaitAll().contains(GIVEN_UP)).isTrue();
      assertThat(Journal.visible(share)).containsExactly("large");
      assertThat(RawHttps.get(server.port(), "large", LARGE)).isEqualTo(Door.Verdict.WHOLE);
      Report.line(
          "load: 3 times %d slow peers in TLS are shed; a healthy one gets %.0f MB/s, %.0f where"
              + " there are none",
          SLOW, among / 1e6, alone / 1e6);
    } finally {
      for (Process peer : peers) {
        peer.destroyForcibly();
        var _ = Shell.exitCode(peer);
      }
    }
  }

  /// @param words of slowhttptest: what its peers are slow in
  /// @param cookie with the key in a field of its own behind it
  private static Output start(List<Process> peers, String url, String words, String cookie)
      throws IOException {
    String count = Integer.toString(SLOW);
    List<String> command = new ArrayList<>(List.of("slowhttptest", "-c", count, "-r", count));
    command.addAll(List.of("-l", "300", "-p", "60", "-u", url, "-j", cookie));
    command.addAll(List.of(words.split(" ")));
    Process process = Shell.builder(Path.of("."), command).start();
    peers.add(process);
    return new Output(process);
  }

  private boolean nothingIsLeft(ServerProcess server) throws IOException {
    return server.connections() == 0 && Journal.staged(share).isEmpty();
  }

  /// Gets a file and compares it; returns bytes a second, none where it came to nothing: on a very
  /// busy machine a handshake may take longer than the server waits.
  private static double speed(ServerProcess server) throws IOException {
    Path got = Files.createTempFile("privateshare-it", ".got");
    try {
      List<String> command =
          Curl.command(server, "--fail", "-w", "%{speed_download}", "-o", got.toString());
      command.add(server.url("large"));
      Shell.Result result = Shell.attempt(Path.of("."), command.toArray(String[]::new));
      if (result.exit() != 0) {
        return 0;
      }
      assertThat(LARGE.isIn(got)).isTrue();
      return Double.parseDouble(result.out());
    } finally {
      Files.delete(got);
    }
  }
}
