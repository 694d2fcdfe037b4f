package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The encrypted door under more than it likes: many transfers, many who only stay, slow ones, and
/// some that leave in the middle of a handshake.
@Tag("load")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EncryptedLoadTest {
  private static final int GETS = 70;
  private static final int PUTS = 30;
  private static final int CURLS = 10;
  private static final long TRANSFER_BYTES = 32 << 20;
  private static final int IDLE = 10_000;
  private static final long IDLE_KIB = 600 << 10;
  private static final int SLOW_OF_EACH = 200;
  private static final int ABORTED_A_SECOND = 1_000;
  private static final int ABORTING_SECONDS = 5;
  private static final Content LARGE = new Content(2, 64 << 20);

  @Test
  void aHundredTransfersGoThroughASmallHeap() throws IOException {
    try (Mount memory = Mount.tmpfs("size=5g")) {
      Path share = memory.folder("share");
      Path folder = memory.folder("folder");
      Content served = new Content(-1, TRANSFER_BYTES);
      served.writeTo(share.resolve("served"));
      for (int i = 0; i < PUTS; i++) {
        new Content(i, TRANSFER_BYTES).writeTo(folder.resolve("put-" + i));
      }
      try (ServerProcess server = ServerProcess.Setup.of(share).asLaunched("-Xmx128m").start()) {
        long before = server.descriptors();
        long start = System.nanoTime();
        List<Process> curls = transfers(server, folder);
        List<Output> said = curls.stream().map(Output::new).toList();
        Await.until("all are at work", () -> server.descriptors() >= before + GETS + PUTS);
        for (int i = 0; i < CURLS; i++) {
          assertThat(Shell.exitCode(curls.get(i)))
              .as("%s%n%s", said.get(i).awaitAll(), server.log())
              .isZero();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        for (int i = 0; i < GETS; i++) {
          assertThat(served.isIn(folder.resolve("got-" + i))).as("get %s", i).isTrue();
        }
        for (int i = 0; i < PUTS; i++) {
          assertThat(new Content(i, TRANSFER_BYTES).isIn(share.resolve("put-" + i)))
              .as("put %s", i)
              .isTrue();
        }
        assertThat(server.log()).doesNotContain("OutOfMemory");
        Report.line(
            "load: %d gets and %d puts of 32 MiB over TLS at once, heap 128 MiB: %.1f s, peak %d"
                + " MiB resident",
            GETS, PUTS, seconds, server.status("VmHWM") >> 10);
      }
    }
  }

  /// Each curl does a tenth of the transfers, at once and each on a connection of its own: one for
  /// all would be so busy with the first that the last could miss the deadline of a handshake.
  private static List<Process> transfers(ServerProcess server, Path folder) throws IOException {
    List<Process> curls = new ArrayList<>();
    for (int curl = 0; curl < CURLS; curl++) {
      List<String> all = new ArrayList<>();
      for (int i = curl; i < GETS; i += CURLS) {
        all.add(transfer(server, "served", "output = got-" + i));
      }
      for (int i = curl; i < PUTS; i += CURLS) {
        String name = "put-" + i;
        all.add(transfer(server, name, "upload-file = " + name + "\noutput = /dev/null"));
      }
      Path plan = Files.writeString(folder.resolve("plan-" + curl), String.join("next\n", all));
      List<String> atOnce = List.of("curl", "-sS", "--no-progress-meter", "-Z");
      curls.add(start(folder, atOnce, "--parallel-immediate", "-K", plan.toString()));
    }
    return curls;
  }

  private static String transfer(ServerProcess server, String name, String what)
      throws IOException {
    return String.join(
        "\n",
        "url = " + server.url(name),
        "user = :" + server.ownerKey(),
        "pinnedpubkey = " + server.fingerprint(),
        "insecure",
        "fail",
        "http1.1",
        what + "\n");
  }

  /// They have had one answer each and may rest for a minute, so a machine that is too busy to open
  /// all in that time gets another try.
  @Test
  void tenThousandIdleConnectionsFitAndANewClientIsServed(@TempDir Path share) throws IOException {
    LARGE.writeTo(share.resolve("large"));
    try (ServerProcess server = ServerProcess.Setup.of(share).asLaunched().start()) {
      long before = server.descriptors();
      for (int tries = 0; server.descriptors() < before + IDLE; tries++) {
        assertThat(tries).as("tries to open all within a minute").isLessThan(3);
        Await.until("none is left", () -> server.descriptors() < before + 50);
        if (idleFits(server, before)) {
          return;
        }
      }
    }
  }

  private static boolean idleFits(ServerProcess server, long before) throws IOException {
    Process peers = peers("idle", server.port(), IDLE);
    try {
      MatchResult ready = new Output(peers).await(Pattern.compile("ready: \\d+ in ([0-9.]+)"));
      long there = server.descriptors() - before;
      if (there < IDLE) {
        return false;
      }
      long kib = server.status("VmRSS");
      double speed = speed(server);
      assertThat(kib).as("resident KiB").isLessThan(IDLE_KIB);
      Report.line(
          "load: %,d idle TLS connections, opened in %s s, in %d MiB resident; a new client gets"
              + " %.0f MB/s",
          IDLE, ready.group(1), kib >> 10, speed / 1e6);
      return true;
    } finally {
      end(peers);
    }
  }

  /// Heads that don't end, bodies that trickle and readers that hardly read, by slowhttptest. It
  /// doesn't notice soon that nobody writes to its slow readers any more: the server says that.
  @Test
  void slowPeersAreShedWhileAHealthyOneKeepsItsSpeed(@TempDir Path share) throws IOException {
    LARGE.writeTo(share.resolve("large"));
    try (ServerProcess server = ServerProcess.Setup.of(share).asLaunched().start()) {
      double alone = speed(server);
      long before = server.descriptors();
      String key = "x=1\r\nAuthorization: Bearer " + server.ownerKey();
      Process heads = slow(server, "large", "-H", "-i", "5");
      Process bodies =
          slow(server, "slow", "-B", "-t", "PUT", "-s", "1000000", "-x", "10", "-j", key);
      String[] hardly = {"-X", "-w", "256", "-y", "512", "-n", "5", "-z", "32", "-j", key};
      Process readers = slow(server, "large", hardly);
      try {
        Output ofHeads = new Output(heads);
        Output ofBodies = new Output(bodies);
        var _ = new Output(readers);
        // Whoever sends or gets a file needs a descriptor for that too.
        Await.until("all are there", () -> server.descriptors() >= before + 4L * SLOW_OF_EACH);
        double among = speed(server);
        assertThat(among).as("bytes a second among slow peers").isGreaterThan(alone / 2);
        assertThat(ofHeads.awaitAll()).contains("No open connections left");
        assertThat(ofBodies.awaitAll()).contains("No open connections left");
        Await.until("the readers are shed", () -> server.descriptors() < before + 20);
        assertThat(readers.isAlive()).as("by the server").isTrue();
        assertThat(Journal.staged(share)).isEmpty();
        assertThat(Journal.visible(share)).containsExactly("large");
        Report.line(
            "load: 3 times %d slow peers are shed; a healthy one gets %.0f MB/s, %.0f alone",
            SLOW_OF_EACH, among / 1e6, alone / 1e6);
      } finally {
        Stream.of(heads, bodies, readers).forEach(EncryptedLoadTest::end);
      }
    }
  }

  private static Process slow(ServerProcess server, String name, String... words)
      throws IOException {
    String all = Integer.toString(SLOW_OF_EACH);
    List<String> command = new ArrayList<>(List.of("slowhttptest", "-c", all, "-r", all));
    command.addAll(List.of("-l", "200", "-p", "60", "-u", server.url(name)));
    return start(Path.of("."), command, words);
  }

  @Test
  void handshakesThatAreGivenUpDoNotKeepOthersOut(@TempDir Path share) throws IOException {
    LARGE.writeTo(share.resolve("large"));
    try (ServerProcess server = ServerProcess.Setup.of(share).asLaunched().start()) {
      double alone = speed(server);
      long before = server.descriptors();
      Process peers = peers("abort", server.port(), ABORTED_A_SECOND, ABORTING_SECONDS);
      try {
        Output output = new Output(peers);
        double least = Double.MAX_VALUE;
        int served = 0;
        while (peers.isAlive()) {
          least = Math.min(least, speed(server));
          served++;
        }
        MatchResult said = output.await(Pattern.compile("aborted: (\\d+) in ([0-9.]+)"));
        Await.until("nothing of them is left", () -> server.descriptors() < before + 20);
        assertThat(served).isPositive();
        Report.line(
            "load: %s handshakes given up in %s s; meanwhile %d times served, at %.0f MB/s or more,"
                + " %.0f alone",
            said.group(1), said.group(2), served, least / 1e6, alone / 1e6);
      } finally {
        end(peers);
      }
    }
  }

  /// The best of five gets of a file, in bytes a second.
  private static double speed(ServerProcess server) throws IOException {
    double best = 0;
    for (int i = 0; i < 5; i++) {
      Path got = Files.createTempFile("privateshare-it", ".got");
      try {
        List<String> command =
            Curl.command(server, "--fail", "-w", "%{speed_download}", "-o", got.toString());
        command.add(server.url("large"));
        Shell.Result result = Shell.attempt(Path.of("."), command.toArray(String[]::new));
        assertThat(result.exit()).as(result.out()).isZero();
        assertThat(LARGE.isIn(got)).isTrue();
        best = Math.max(best, Double.parseDouble(result.out()));
      } finally {
        Files.delete(got);
      }
    }
    return best;
  }

  private static Process peers(String what, int... numbers) throws IOException {
    String program = Path.of("src/it/python/tls_peers.py").toAbsolutePath().toString();
    String[] words = IntStream.of(numbers).mapToObj(Integer::toString).toArray(String[]::new);
    return start(Path.of("."), List.of(Programs.python(), program, what), words);
  }

  private static Process start(Path folder, List<String> words, String... more) throws IOException {
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of(more));
    return Shell.builder(folder, command).start();
  }

  private static void end(Process process) {
    process.destroyForcibly();
    var _ = Shell.exitCode(process);
  }
}
