package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The encrypted door with many transfers at once, and with many who only stay.
@Tag("load")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EncryptedLoadTest {
  private static final int GETS = 70;
  private static final int PUTS = 30;
  private static final long TRANSFER_BYTES = 32 << 20;

  /// Of each transfer before all are there; what is left is much more than both ends can buffer.
  private static final long HELD_AT = 1 << 20;

  /// A heap of 128 MiB, as much at most beside it, and the machine itself.
  private static final long TRANSFERS_KIB = 384 << 10;

  private static final int IDLE = 10_000;
  private static final long IDLE_KIB = 600 << 10;
  private static final int BATCH = 500;
  private static final int OPENERS = 4;

  /// A connection may rest for a minute.
  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final Duration LONG = Duration.ofSeconds(150);
  private static final Content SERVED = new Content(-1, TRANSFER_BYTES);
  private static final Content SMALL = new Content(1, 100_000);

  private final List<RawHttps> clients = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void closeClients() throws IOException {
    for (RawHttps client : clients) {
      client.close();
    }
    clients.clear();
  }

  @Test
  void aHundredTransfersAtOnceGoThroughASmallHeap() throws Exception {
    try (Mount memory = Mount.tmpfs("size=2g")) {
      Path share = memory.folder("share");
      SERVED.writeTo(share.resolve("served"));
      try (ServerProcess server = ServerProcess.Setup.of(share).asLaunched("-Xmx128m").start()) {
        long start = System.nanoTime();
        List<Callable<Void>> rests = new ArrayList<>();
        for (int i = 0; i < GETS; i++) {
          rests.add(beginGet(server.port()));
        }
        for (int i = 0; i < PUTS; i++) {
          rests.add(beginPut(server.port(), i));
        }
        Await.until("all puts are there", () -> Journal.staged(share).size() == PUTS);
        Await.until("all are there", () -> server.connections() == GETS + PUTS);
        inThreads(GETS + PUTS, rests);
        double seconds = (System.nanoTime() - start) / 1e9;
        for (int i = 0; i < PUTS; i++) {
          assertThat(ofPut(i).isIn(share.resolve("put-" + i))).as("put %s", i).isTrue();
        }
        long peak = server.status("VmHWM");
        assertThat(peak).as("peak of resident KiB").isLessThan(TRANSFERS_KIB);
        assertThat(server.log()).doesNotContain("OutOfMemory");
        Report.line(
            "load: %d gets and %d puts of 32 MiB over TLS at once, heap 128 MiB: %.1f s, peak %d"
                + " MiB resident",
            GETS, PUTS, seconds, peak >> 10);
      }
    }
  }

  /// Stops where the answer has begun; returns what is left to do. One after another they come so
  /// far even where a hundred handshakes at once would take longer than the server waits.
  private Callable<Void> beginGet(int port) throws IOException {
    RawHttps client = connect(port);
    client.ask("GET", "served");
    assertThat(client.answer()).isEqualTo(200);
    client.expect(SERVED, 0, HELD_AT);
    return () -> {
      assertThat(client.receive(SERVED, HELD_AT)).isEqualTo(Door.Verdict.WHOLE);
      return null;
    };
  }

  private Callable<Void> beginPut(int port, int number) throws IOException {
    RawHttps client = connect(port);
    Content content = ofPut(number);
    client.ask("PUT", "put-" + number, "Content-Length: " + content.size());
    client.send(content, 0, HELD_AT);
    return () -> {
      client.send(content, HELD_AT, content.size());
      assertThat(client.answer()).isEqualTo(201);
      return null;
    };
  }

  private static Content ofPut(int number) {
    return new Content(number, TRANSFER_BYTES);
  }

  /// Where the system's limit of descriptors is too low for ten thousand, as many as fit, and the
  /// report says how many: the first take three each, for Conscrypt has a pipe for each of them.
  @Test
  void tenThousandIdleConnectionsFitAndANewClientIsServed(@TempDir Path share) throws Exception {
    SMALL.writeTo(share.resolve("small"));
    int idle = Math.min(IDLE, (Shell.descriptorLimit() - 512) * 5 / 8);
    try (ServerProcess server = ServerProcess.Setup.of(share).asLaunched().start()) {
      long start = System.nanoTime();
      openIdle(server.port(), idle);
      double seconds = (System.nanoTime() - start) / 1e9;
      long kib = server.status("VmRSS");
      assertThat(kib).as("resident KiB").isLessThan(IDLE_KIB);
      assertThat(RawHttps.get(server.port(), "small", SMALL)).isEqualTo(Door.Verdict.WHOLE);
      Await.until("all the others are still there", () -> server.connections() == idle);
      closeClients();
      Await.until("all are given back", LONG, () -> server.connections() == 0);
      Await.until("and what belongs to them", LONG, () -> server.descriptors() < BATCH);
      Report.line(
          "load: %,d idle TLS connections%s, opened in %.1f s, in %d MiB resident",
          idle,
          idle < IDLE ? " (ulimit -Hn " + Shell.descriptorLimit() + " allows no more)" : "",
          seconds,
          kib >> 10);
    }
  }

  /// Each has had an answer. Where it takes long until the last has, the others ask again.
  private void openIdle(int port, int count) throws Exception {
    long asked = System.nanoTime();
    while (clients.size() < count) {
      int more = Math.min(BATCH, count - clients.size());
      inThreads(OPENERS, Collections.nCopies(more, () -> askHealth(connect(port))));
      if (System.nanoTime() - asked > SOON_NANOS) {
        asked = System.nanoTime();
        inThreads(OPENERS, List.copyOf(clients).stream().map(EncryptedLoadTest::again).toList());
      }
    }
  }

  private static Callable<Void> again(RawHttps client) {
    return () -> askHealth(client);
  }

  private static Void askHealth(RawHttps client) throws IOException {
    client.ask("GET", ".privateshare/health");
    assertThat(client.answer()).isEqualTo(200);
    assertThat(client.end()).isEqualTo(Door.End.FIN);
    return null;
  }

  private RawHttps connect(int port) throws IOException {
    RawHttps client = RawHttps.connect(port, 0);
    clients.add(client);
    return client;
  }

  private static void inThreads(int threads, List<Callable<Void>> work) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (Future<Void> done : pool.invokeAll(work)) {
        var _ = done.get();
      }
    }
  }
}
