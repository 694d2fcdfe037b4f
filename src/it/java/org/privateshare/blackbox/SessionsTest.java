package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Uploads that get into each other's way, are many, or wait too long.
@Tag("resume")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SessionsTest {
  private static final Content FILE = new Content(5, 8_000_000);
  private static final int MANY = 1_000;
  private static final int AT_A_TIME = 32;

  @TempDir private Path share;
  private ServerProcess server;
  private RawTus tus;

  @BeforeEach
  void start() {
    serve(ServerProcess.Setup.of(share));
  }

  private void serve(ServerProcess.Setup setup) {
    server = setup.start();
    tus = RawTus.to(server.port());
  }

  @AfterEach
  void stop() {
    tus.close();
    server.close();
  }

  @Test
  void oneOfTwoAtOneSessionWaits() throws IOException {
    String location = tus.create("one", FILE.size()).location();
    long half = FILE.size() / 2;
    try (RawHttps first = halfSent(location, half)) {
      assertThat(tus.patch(location, FILE, 0, FILE.size()).status()).isEqualTo(423);
      first.send(FILE, half, FILE.size());
      assertThat(first.answer()).isEqualTo(204);
    }
    assertThat(FILE.isIn(share.resolve("one"))).as("whole").isTrue();
  }

  /// A connection that has sent so much and stays.
  private RawHttps halfSent(String location, long half) throws IOException {
    RawHttps client = RawHttps.connect(server.port(), 0);
    client.ask(
        "PATCH",
        location.substring(1),
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream",
        "Content-Length: " + FILE.size());
    client.send(FILE, 0, half);
    Await.until("half is staged", () -> stagedSize() == half);
    return client;
  }

  private long stagedSize() throws IOException {
    return Journal.staged(share).stream()
        .filter(file -> file.toString().endsWith(".part"))
        .mapToLong(file -> file.toFile().length())
        .sum();
  }

  @Test
  void aConnectionThatHasDiedUnheardIsTakenOver() throws IOException {
    String location = tus.create("taken-over", FILE.size()).location();
    long half = FILE.size() / 2;
    try (RawHttps _ = halfSent(location, half)) {
      long before = System.nanoTime();
      Await.until(
          "the newcomer gets it",
          Duration.ofSeconds(10),
          () -> {
            long offset = tus.head(location).offset();
            return offset >= 0 && tus.patch(location, FILE, offset, FILE.size()).status() == 204;
          });
      Report.line(
          "resume: a dead connection was taken over after %.1f s",
          (System.nanoTime() - before) / 1e9);
    }
    assertThat(FILE.isIn(share.resolve("taken-over"))).as("whole").isTrue();
  }

  /// All send different bytes.
  @Test
  void bytesOfManyAtOneSessionNeverMix() throws Exception {
    String location = tus.create("contested", FILE.size()).location();
    List<Content> contents =
        IntStream.range(0, 8).mapToObj(seed -> new Content(seed, FILE.size())).toList();
    List<Integer> fates =
        inParallel(
            contents.stream()
                .<Callable<Integer>>map(
                    content -> () -> tus.patch(location, content, 0, content.size()).status())
                .toList());
    assertThat(fates).filteredOn(fate -> fate == 204).hasSize(1);
    assertThat(fates).filteredOn(fate -> fate != 204).allMatch(fate -> fate == 423 || fate == 403);
    assertThat(contents.get(fates.indexOf(204)).isIn(share.resolve("contested")))
        .as("the winner's")
        .isTrue();
  }

  @Test
  void theFirstOfTwoSessionsToFinishGetsTheName() throws IOException {
    Content other = new Content(6, FILE.size());
    String first = tus.create("name", FILE.size()).location();
    String second = tus.create("name", other.size()).location();
    assertThat(tus.patch(first, FILE, 0, 1_000_000).status()).isEqualTo(204);
    assertThat(tus.patch(second, other, 0, other.size()).status()).isEqualTo(204);
    RawTus.Answer refused = tus.patch(first, FILE, 1_000_000, FILE.size());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).startsWith("taken: ");
    assertThat(other.isIn(share.resolve("name"))).as("the second's").isTrue();
    assertThat(tus.head(first).status()).isEqualTo(404);
  }

  @Test
  void aThousandAtOnceAreAllFinished() throws Exception {
    List<Content> contents =
        IntStream.range(0, MANY).mapToObj(i -> new Content(i, 40_000 + i)).toList();
    List<Callable<String>> beginnings = new ArrayList<>();
    for (Content content : contents) {
      beginnings.add(
          () -> {
            String location = tus.create("file-" + content.seed(), content.size()).location();
            assertThat(tus.patch(location, content, 0, 20_000).offset()).isEqualTo(20_000);
            return location;
          });
    }
    List<String> locations = inParallel(beginnings);
    assertThat(tus.list().lines().filter(line -> line.contains("\"offset\":20000,"))).hasSize(MANY);
    List<Callable<Integer>> ends = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Content content = contents.get(i);
      String location = locations.get(i);
      ends.add(() -> tus.patch(location, content, 20_000, content.size()).status());
    }
    assertThat(inParallel(ends)).containsOnly(204);
    for (Content content : contents) {
      assertThat(content.isIn(share.resolve("file-" + content.seed()))).as("whole").isTrue();
    }
    assertThat(stagedSize()).as("left behind").isZero();
  }

  @Test
  void oneThatWaitsTooLongIsGone() throws IOException {
    stop();
    serve(ServerProcess.Setup.of(share).options("--free-floor", "1", "--keep-unfinished", "1s"));
    String location = tus.create("late", FILE.size()).location();
    assertThat(tus.patch(location, FILE, 0, 1_000_000).offset()).isEqualTo(1_000_000);
    Await.until("it has expired", () -> tus.head(location).status() == 404);
    assertThat(tus.patch(location, FILE, 1_000_000, FILE.size()).status()).isEqualTo(404);
    Await.until("nothing is left of it", () -> Journal.staged(share).isEmpty());
    String anew = tus.create("late", FILE.size()).location();
    assertThat(tus.patch(anew, FILE, 0, FILE.size()).status()).isEqualTo(204);
    assertThat(FILE.isIn(share.resolve("late"))).as("whole").isTrue();
  }

  private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
