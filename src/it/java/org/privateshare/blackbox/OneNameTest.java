package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many want the same name at once.
@Tag("load")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OneNameTest {
  private static final int RIVALS = 100;
  private static final Duration LONG = Duration.ofSeconds(15);

  @TempDir private Path share;

  @Test
  void ofAHundredPutsOfOneNameExactlyOneWins() throws Exception {
    long[] sizes = {0, 1, 100_000, 1 << 20, 100_000, 1 << 20};
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      for (int round = 0; round < sizes.length; round++) {
        compete(server, "prize-" + round, sizes[round]);
      }
      assertThat(Journal.visible(share)).hasSize(sizes.length);
      Await.until("staging is empty", () -> Journal.staged(share).isEmpty());
    }
    Report.line(
        "load: %d parallel puts of one name, %d rounds: one winner each, whole",
        RIVALS, sizes.length);
  }

  private void compete(ServerProcess server, String name, long size) throws Exception {
    CountDownLatch ready = new CountDownLatch(RIVALS);
    List<Callable<Door.Fate>> rivals = new ArrayList<>();
    for (int rival = 0; rival < RIVALS; rival++) {
      Content own = new Content(rival, size);
      rivals.add(() -> putTogether(server.port(), name, own, ready));
    }
    List<Integer> winners = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(RIVALS)) {
      List<Future<Door.Fate>> fates = pool.invokeAll(rivals);
      for (int rival = 0; rival < RIVALS; rival++) {
        if (fates.get(rival).get() == Door.Fate.ACKNOWLEDGED) {
          winners.add(rival);
        }
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(new Content(winners.getFirst(), size).isIn(share.resolve(name))).isTrue();
  }

  /// All are let in before the first one finishes.
  private static Door.Fate putTogether(int port, String name, Content content, CountDownLatch ready)
      throws Exception {
    try (RawClassic client = RawClassic.connect(port)) {
      assertThat(client.ask("put," + name)).isEqualTo(RawClassic.Answer.PASS);
      ready.countDown();
      assertThat(ready.await(30, TimeUnit.SECONDS)).as("all were let in").isTrue();
      try {
        client.send(content, 0, content.size());
        client.finish();
      } catch (IOException e) {
        return Door.Fate.BROKEN;
      }
      return client.end() == Door.End.FIN ? Door.Fate.ACKNOWLEDGED : Door.Fate.BROKEN;
    }
  }

  @Test
  void noReaderOfABusyNameEverSeesACleanLookingWrongFile() throws Exception {
    LongAdder whole = new LongAdder();
    Map<String, LongAdder> seen = new ConcurrentHashMap<>(Map.of("get WHOLE", whole));
    long end = System.nanoTime() + LONG.toNanos();
    try (ServerProcess server = ServerProcess.Setup.of(share).start();
        ExecutorService pool = Executors.newCachedThreadPool()) {
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        SplittableRandom random = new SplittableRandom(i);
        clients.add(pool.submit(until(end, seen, () -> put(server.port(), random))));
        clients.add(pool.submit(until(end, seen, () -> get(server.port()))));
      }
      clients.add(pool.submit(until(end, seen, () -> list(server.port()))));
      clients.add(pool.submit(until(end, seen, () -> remove(end, whole))));
      for (Future<Void> client : clients) {
        passOn(client);
      }
      Await.until("staging is empty", () -> Journal.staged(share).isEmpty());
    }
    assertThat(seen).containsKeys("put ACKNOWLEDGED", "get WHOLE", "removed", "list one");
    Report.line("load: one name for %d s: %s", LONG.toSeconds(), new TreeMap<>(seen));
  }

  private static Callable<Void> until(
      long end, Map<String, LongAdder> seen, Callable<String> step) {
    return () -> {
      while (System.nanoTime() - end < 0) {
        seen.computeIfAbsent(step.call(), event -> new LongAdder()).increment();
      }
      return null;
    };
  }

  private static String put(int port, SplittableRandom random) {
    long size = Content.CLAIM_BYTES + random.nextLong(random.nextBoolean() ? 1_000 : 2 << 20);
    return "put " + RawClassic.put(port, "one", new Content(random.nextLong(), size));
  }

  private static String get(int port) {
    Door.Verdict verdict = RawClassic.getAny(port, "one");
    assertThat(verdict).isNotIn(Door.Verdict.WRONG, Door.Verdict.BROKEN);
    return "get " + verdict;
  }

  private static String list(int port) throws IOException {
    String names = RawClassic.list(port);
    assertThat(names).isIn("", "one, ");
    return names.isEmpty() ? "list none" : "list one";
  }

  /// Another program on the server's machine makes room for the next put, once the file was read.
  private String remove(long end, LongAdder whole) throws IOException {
    long seen = whole.sum();
    Await.until(
        "somebody has read it",
        LONG.plusSeconds(10),
        () -> whole.sum() > seen || System.nanoTime() - end > 0);
    Files.deleteIfExists(share.resolve("one"));
    return "removed";
  }

  private static void passOn(Future<Void> client) throws InterruptedException {
    try {
      var _ = client.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a client saw what must not be", e.getCause());
    }
  }
}
