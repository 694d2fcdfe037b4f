package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// More callers than work: idle, or too many to have a descriptor each.
@Tag("load")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ManyConnectionsTest {
  private static final int IDLE = 10_000;
  private static final long IDLE_KIB = 450 << 10;
  private static final Content SMALL = new Content(1, 100_000);
  private static final Content LARGE = new Content(2, 64 << 20);

  private final List<RawClassic> clients = new ArrayList<>();

  @TempDir private Path share;

  @BeforeEach
  void haveSomethingToServe() throws IOException {
    SMALL.writeTo(share.resolve("small"));
    LARGE.writeTo(share.resolve("large"));
  }

  @AfterEach
  void closeClients() throws IOException {
    for (RawClassic client : clients) {
      client.close();
    }
    clients.clear();
  }

  /// Where the system's limit of descriptors is too low for ten thousand, as many as fit, and the
  /// report says how many.
  @Test
  void tenThousandIdleConnectionsFitAndANewClientIsServedAtOnce() throws IOException {
    int idle = Math.min(IDLE, Shell.descriptorLimit() - 512);
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      long before = server.descriptors();
      openIdle(server, before, idle);
      long kib = server.status("VmRSS");
      long millis = servedAtOnce(server);
      assertThat(server.descriptors()).as("all are still there").isGreaterThanOrEqualTo(idle);
      assertThat(kib).as("resident KiB").isLessThan(IDLE_KIB);
      Await.until(
          "those who never said a word are sent away",
          Duration.ofSeconds(30),
          () -> server.descriptors() < before + 50);
      Report.line(
          "load: %,d idle connections%s in %d MiB resident, a new client served in %d ms",
          idle,
          idle < IDLE ? " (ulimit -Hn " + Shell.descriptorLimit() + " allows no more)" : "",
          kib >> 10,
          millis);
    }
  }

  /// Opens `count` connections that say nothing. The server sends the first away after 10 s, so a
  /// machine that is too busy to open all in that time gets another try.
  private void openIdle(ServerProcess server, long before, int count) throws IOException {
    // Not `before + count`: a server that has just started may yet close files of its own.
    for (int tries = 0; server.descriptors() < count; tries++) {
      assertThat(tries).as("tries to open all before the first is sent away").isLessThan(4);
      closeClients();
      Await.until("no connection is left", () -> server.descriptors() < before + 50);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(9);
      for (int i = 0; i < count; i++) {
        clients.add(RawClassic.connect(server.port()));
      }
      Await.until(
          "all are accepted or the time is up",
          () -> System.nanoTime() > end || server.descriptors() >= count);
    }
  }

  @Test
  void withoutDescriptorsTheServerWaitsQuietlyAndRecovers() throws IOException {
    Shell.needRoot("lower another process's limit of open files");
    try (ServerProcess server = ServerProcess.Setup.of(share).start();
        RawClassic running = RawClassic.connect(server.port(), 1 << 16)) {
      assertThat(running.ask("get,large")).isEqualTo(RawClassic.Answer.PASS);
      long limit = server.descriptors() + 20;
      var _ =
          Shell.run(
              "prlimit", "--pid", Long.toString(server.pid()), "--nofile=" + limit + ":" + limit);
      for (int i = 0; i < 200; i++) {
        clients.add(RawClassic.connect(server.port()));
      }
      Await.until("it has none left", () -> server.descriptors() >= limit);
      Duration used = cpuOver(server, Duration.ofSeconds(3));
      assertThat(used).as("processor time in 3 s").isLessThan(Duration.ofMillis(1_500));
      assertThat(running.receive(LARGE, 0)).isEqualTo(Door.Verdict.WHOLE);
      assertThat(server.log().lines().count()).as(server.log()).isLessThan(100);
      closeClients();
      Await.until("it has some again", () -> server.descriptors() < limit - 10);
      long millis = servedAtOnce(server);
      Report.line(
          "load: out of descriptors: %d ms of processor time in 3 s, then served in %d ms",
          used.toMillis(), millis);
    }
  }

  private long servedAtOnce(ServerProcess server) throws IOException {
    long start = System.nanoTime();
    assertThat(RawClassic.get(server.port(), "small", SMALL)).isEqualTo(Door.Verdict.WHOLE);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(millis).as("ms to serve a new client").isLessThan(5_000);
    return millis;
  }

  private static Duration cpuOver(ServerProcess server, Duration time) {
    long start = System.nanoTime();
    Duration before = server.cpu();
    Await.until(
        "time passes", time.plusSeconds(5), () -> System.nanoTime() - start > time.toNanos());
    return server.cpu().minus(before);
  }
}
