package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// One file into one upload over several connections.
@Timeout(60)
final class ParallelUploadTest {
  private static final int SIZE = (40 << 20) + 5;

  @TempDir private Path folder;
  private final InMemory memory = new InMemory();
  private final List<Progress> events = Collections.synchronizedList(new ArrayList<>());
  private final byte[] bytes = random();
  private Path file = Path.of("");
  private BesideFar far;

  @BeforeEach
  void start() throws IOException {
    file = Files.write(folder.resolve("big"), bytes);
    far = new BesideFar(SIZE);
  }

  @AfterEach
  void stop() throws IOException {
    far.close();
  }

  @Test
  void theBlocksOfAFileGoOverSeveralConnections() throws Exception {
    far.parts = new CountDownLatch(4);
    put(4);
    assertWhole(SIZE);
    assertThat(far.connections()).isEqualTo(4);
    assertThat(last(Progress.Done.class).digest()).isPresent();
    assertThat(last(Progress.Done.class).moved()).isEqualTo(SIZE);
    assertThat(memory.isKept()).isFalse();
  }

  @Test
  void aConnectionThatBreaksOffIsReplacedAndGoesOnWhereTheServerIs() throws Exception {
    far.cuts.addAll(List.of(1_000_000, 2_000_000, 1_000_003));
    put(3);
    assertWhole(SIZE);
  }

  @Test
  void whatTheServerHasIsNotSentAgain() throws Exception {
    stopOnTheWay();
    long had = far.count();
    assertThat(far.lastRun()).isPositive();
    put(4);
    assertWhole(SIZE);
    assertThat(events).contains(new Progress.Resumed("in/big", had, SIZE));
    assertThat(last(Progress.Done.class).moved()).isEqualTo(SIZE - had);
  }

  @Test
  void oneConnectionFillsTheGapsThatSeveralHaveLeft() throws Exception {
    stopOnTheWay();
    put(1);
    assertWhole(SIZE);
  }

  @Test
  void whatIsBehindAGapIsComparedWithTheFile() throws Exception {
    stopOnTheWay();
    far.bytes[far.lastRun()]++;
    put(3);
    assertThat(far.isFile()).isTrue();
    assertThat(far.bytes).isEqualTo(bytes);
    assertThat(far.asked).contains("DELETE /.privateshare/uploads/1 HTTP/1.1");
  }

  @Test
  void aConnectionThatComesTooEarlyLeavesTheWorkToTheOthers() throws Exception {
    far.refusals.addAll(List.of("423 Locked", "423 Locked"));
    put(3);
    assertWhole(SIZE);
  }

  @Test
  void aNoEndsAllAndIsTold() throws Exception {
    far.refusals.add("507 Insufficient Storage");
    put(3);
    assertThat(last(Progress.Failed.class).cause()).isInstanceOf(Refusal.NoSpace.class);
    assertThat(last(Progress.Failed.class).kept()).isTrue();
  }

  @Test
  void aFileThatChangesWhileItIsSentIsNotPublished() throws Exception {
    far.meanwhile = () -> touch(file);
    put(3);
    assertThat(last(Progress.Failed.class).cause())
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("changed while it was sent");
    assertThat(far.isFile()).isFalse();
    assertThat(far.isThere()).isFalse();
    assertThat(memory.isKept()).isFalse();
  }

  @Test
  void aServerThatDoesNotKnowOfItGetsOneConnection() throws Exception {
    far.knowsBeside = false;
    put(4);
    assertWhole(SIZE);
    assertThat(far.connections()).isEqualTo(1);
  }

  @Test
  void unlessTheUserSaysHowManyOnlyAServerFarAwayGetsSeveralConnections() throws Exception {
    assertThat(Crew.size(Duration.ofMillis(19), Habits.AS_IT_PAYS)).isEqualTo(1);
    assertThat(Crew.size(Duration.ofMillis(20), Habits.AS_IT_PAYS)).isEqualTo(4);
    assertThat(Crew.size(Duration.ZERO, 3)).isEqualTo(3);
  }

  /// Each of three connections sends a part of its block, and is replaced in vain.
  private void stopOnTheWay() throws Exception {
    far.cuts.addAll(List.of(1_500_000, 1_500_000, 1_500_000));
    far.cuts.addAll(Collections.nCopies(20, 0));
    far.parts = new CountDownLatch(3);
    put(3);
    assertThat(last(Progress.Failed.class).kept()).isTrue();
    far.cuts.clear();
  }

  private void assertWhole(long received) {
    assertThat(far.isFile()).isTrue();
    assertThat(far.bytes).isEqualTo(bytes);
    assertThat(far.received).hasValue(received);
  }

  private void put(int connections) throws Exception {
    var habits =
        new Habits(
            new Patience(Duration.ZERO),
            (direction, name) -> memory,
            name -> Chooser.Choice.REFUSE,
            OptionalLong.empty(),
            connections,
            false);
    try (var remote = far.remote()) {
      new Transfers(remote, events::add, habits).put(file, SharePath.parse("in"), IfTaken.REFUSE);
    }
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private <T extends Progress> T last(Class<T> kind) {
    return kind.cast(events.getLast());
  }

  private static byte[] random() {
    byte[] bytes = new byte[SIZE];
    new Random(5).nextBytes(bytes);
    return bytes;
  }
}
