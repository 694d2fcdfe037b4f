package org.privateshare.share;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.privateshare.access.KeyId;
import org.privateshare.model.Digest;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.Journal;
import org.privateshare.store.MemoryStore;

/// Upload sessions, over the memory store. A restart is a new share over the same store.
final class UploadsTest {
  private static final KeyId OWNER = new KeyId("AAAAAAAAAAAAAAAAAAAAAA");
  private static final KeyId PHONE = new KeyId("BBBBBBBBBBBBBBBBBBBBBA");
  private static final KeyId OTHER = new KeyId("CCCCCCCCCCCCCCCCCCCCCA");
  private static final Uploader BY = new Uploader(PHONE, List.of(OWNER), "phone");
  private static final int MIB = 1 << 20;

  private final MemoryStore store = new MemoryStore();
  private Share share = restarted();

  private Share restarted() {
    return new Share(store, new Limits(1L << 40, 0, false));
  }

  private static SharePath path(String text) throws Refusal {
    return SharePath.parse(text);
  }

  private static UploadPlan plan(String target, long length) throws Refusal {
    return UploadPlan.of(path(target), length, Existence.ABSENT);
  }

  private static UploadPlan part(OptionalLong length) {
    return new UploadPlan(Optional.empty(), length, Existence.ABSENT, Optional.empty(), Map.of());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static Digest crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Digest.crc32c(crc.getValue());
  }

  private UploadId begun(String target, long length) throws Refusal, IOException {
    return share.uploads().begin(plan(target, length), BY).id();
  }

  private long send(UploadId id, long offset, String text) throws Refusal, IOException {
    try (Upload upload = share.uploads().resume(id, PHONE, offset)) {
      upload.write(bytes(text));
      return upload.suspend();
    }
  }

  private Receipt end(UploadId id, long offset, String text) throws Refusal, IOException {
    try (Upload upload = share.uploads().resume(id, PHONE, offset)) {
      upload.write(bytes(text));
      return upload.finish(Optional.empty());
    }
  }

  private UploadState find(UploadId id) throws Refusal, IOException {
    return share.uploads().find(id, PHONE);
  }

  private String content(String name) throws Refusal, IOException {
    try (Download file = share.open(path(name))) {
      ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
      while (all.hasRemaining() && file.read(all, all.position()) > 0) {}
      return new String(all.array(), UTF_8);
    }
  }

  @Test
  void anUploadGoesOnOverRequestsAndRestarts() throws Exception {
    UploadId id = begun("a", 9);
    assertThat(send(id, 0, "123")).isEqualTo(3);
    share = restarted();
    assertThat(find(id).offset()).isEqualTo(3);
    assertThat(send(id, 3, "45")).isEqualTo(5);
    assertThat(share.find(path("a"))).isEmpty();
    share = restarted();
    Receipt receipt = end(id, 5, "6789");
    assertThat(receipt.digest().hex()).isEqualTo("e3069283");
    assertThat(content("a")).isEqualTo("123456789");
    assertThat(find(id).receipt()).contains(receipt);
    share = restarted();
    assertThat(find(id).receipt()).contains(receipt);
    assertThat(share.uploads().list(OWNER)).isEmpty();
  }

  @Test
  void theSumOfTheWholeIsCheckedOverAllRequests() throws Exception {
    UploadId good = begun("good", 9);
    long _ = send(good, 0, "1234");
    try (Upload upload = share.uploads().resume(good, PHONE, 4)) {
      upload.write(bytes("56789"));
      Receipt _ = upload.finish(Optional.of(crc("123456789".getBytes(UTF_8))));
    }
    UploadId bad = begun("bad", 9);
    long _ = send(bad, 0, "1234");
    try (Upload upload = share.uploads().resume(bad, PHONE, 4)) {
      upload.write(bytes("5678x"));
      assertThatExceptionOfType(Refusal.Mismatch.class)
          .isThrownBy(() -> upload.finish(Optional.of(crc("123456789".getBytes(UTF_8)))));
    }
    assertThat(share.find(path("bad"))).isEmpty();
    assertGone(bad);
  }

  private void assertGone(UploadId id) {
    assertThatExceptionOfType(Refusal.Missing.class).isThrownBy(() -> find(id));
    assertThat(store.journal()).satisfies(j -> assertThat(j.ids()).doesNotContain(id.text()));
  }

  @Test
  void anotherOffsetIsRefusedAndTheRightOneTold() throws Exception {
    UploadId id = begun("a", 9);
    long _ = send(id, 0, "123");
    for (long offset : new long[] {0, 2, 4, 9, 10}) {
      assertThatExceptionOfType(Refusal.WrongOffset.class)
          .isThrownBy(() -> share.uploads().resume(id, PHONE, offset))
          .satisfies(refusal -> assertThat(refusal.offset()).isEqualTo(3));
    }
    Receipt _ = end(id, 3, "456789");
  }

  @Test
  void onlyItsKeyAndThoseAboveSeeIt() throws Exception {
    UploadId id = begun("a", 9);
    assertThat(share.uploads().find(id, OWNER).by()).isEqualTo(BY);
    assertThat(share.uploads().list(OWNER)).hasSize(1);
    assertThat(share.uploads().list(OTHER)).isEmpty();
    assertThatExceptionOfType(Refusal.Missing.class)
        .isThrownBy(() -> share.uploads().find(id, OTHER));
    assertThatExceptionOfType(Refusal.Missing.class)
        .isThrownBy(() -> share.uploads().resume(id, OTHER, 0));
    assertThatExceptionOfType(Refusal.Missing.class)
        .isThrownBy(() -> share.uploads().drop(id, OTHER));
  }

  @Test
  void aSecondConnectionWaitsForTheFirst() throws Exception {
    UploadId id = begun("a", 9);
    try (Upload first = share.uploads().resume(id, PHONE, 0)) {
      first.write(bytes("123"));
      assertThatExceptionOfType(Refusal.Busy.class)
          .isThrownBy(() -> share.uploads().resume(id, PHONE, 0));
      assertThat(find(id).isBusy()).isTrue();
    }
    assertThat(find(id).offset()).as("a part that was neither suspended nor finished").isZero();
    assertThat(end(id, 0, "123456789").size()).isEqualTo(9);
  }

  @Test
  void whoTakesAQuietOneOverFindsItsBytesAndTheOldOneIsRefused() throws Exception {
    UploadId id = begun("a", 9);
    try (Upload first = share.uploads().resume(id, PHONE, 0)) {
      first.write(bytes("123"));
      first.depose();
      assertThat(send(id, 3, "45")).isEqualTo(5);
      assertThatExceptionOfType(Refusal.Busy.class).isThrownBy(() -> first.write(bytes("x")));
      assertThatExceptionOfType(Refusal.Busy.class)
          .isThrownBy(() -> first.finish(Optional.empty()));
      assertThat(first.suspend()).isEqualTo(5);
    }
    assertThat(end(id, 5, "6789").digest().hex()).isEqualTo("e3069283");
  }

  @Test
  void whatIsOnTrialCountsOnlyWhenItIsVerified() throws Exception {
    UploadId id = begun("a", 9);
    long _ = send(id, 0, "123");
    try (Upload upload = share.uploads().resume(id, PHONE, 3)) {
      upload.untilVerified();
      upload.write(bytes("wrong!"));
    }
    assertThat(find(id).offset()).isEqualTo(3);
    try (Upload upload = share.uploads().resume(id, PHONE, 3)) {
      upload.untilVerified();
      upload.write(bytes("45"));
      assertThat(upload.suspend()).isEqualTo(5);
    }
    assertThat(end(id, 5, "6789").digest().hex()).isEqualTo("e3069283");
    assertThat(content("a")).isEqualTo("123456789");
  }

  @Test
  void bytesBeyondTheLengthAreRefusedAndDontCount() throws Exception {
    UploadId id = begun("a", 4);
    try (Upload upload = share.uploads().resume(id, PHONE, 0)) {
      assertThatExceptionOfType(Refusal.Mismatch.class)
          .isThrownBy(() -> upload.write(bytes("12345")));
    }
    assertThat(end(id, 0, "1234").size()).isEqualTo(4);
  }

  @Test
  void aLengthMayBeToldLater() throws Exception {
    UploadPlan open =
        new UploadPlan(
            Optional.of(path("a")),
            OptionalLong.empty(),
            Existence.ABSENT,
            Optional.empty(),
            Map.of());
    UploadId id = share.uploads().begin(open, BY).id();
    long _ = send(id, 0, "12345");
    assertThatExceptionOfType(Refusal.Mismatch.class)
        .isThrownBy(() -> share.uploads().announce(id, PHONE, 4));
    UploadState announced = share.uploads().announce(id, PHONE, 9);
    assertThat(announced.plan().length()).hasValue(9);
    assertThatExceptionOfType(Refusal.Mismatch.class)
        .isThrownBy(() -> share.uploads().announce(id, PHONE, 10));
    share = restarted();
    assertThat(end(id, 5, "6789").digest().hex()).isEqualTo("e3069283");
  }

  /// Its file is there then, but nothing of it is safe.
  @Test
  void oneThatWasKilledAtItsFirstBytesBeginsAnew() throws Exception {
    UploadId id = begun("a", 9);
    Upload killed = share.uploads().resume(id, PHONE, 0);
    killed.write(bytes("xx"));
    share = restarted();
    assertThat(find(id).offset()).isZero();
    Receipt _ = end(id, 0, "123456789");
    assertThat(content("a")).isEqualTo("123456789");
  }

  @Test
  void theNameIsCheckedAtTheBeginningAndAtTheEnd() throws Exception {
    UploadId first = begun("a", 1);
    UploadId second = begun("a", 1);
    Receipt _ = end(first, 0, "1");
    assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(() -> end(second, 0, "2"));
    assertGone(second);
    assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(() -> begun("a", 1));
    assertThatExceptionOfType(Refusal.BadName.class).isThrownBy(() -> begun("a?", 1));
    assertThat(content("a")).isEqualTo("1");
  }

  @Test
  void aFinishedOneTakesNoMoreAndIsForgottenAfterADay() throws Exception {
    UploadId id = begun("a", 1);
    Receipt _ = end(id, 0, "1");
    assertThatExceptionOfType(Refusal.Denied.class)
        .isThrownBy(() -> share.uploads().resume(id, PHONE, 1));
    Instant now = Instant.now();
    assertThat(share.uploads().purge(now.plus(Duration.ofHours(23)))).isZero();
    assertThat(find(id).receipt()).isPresent();
    assertThat(share.uploads().purge(now.plus(Duration.ofHours(25)))).isZero();
    assertGone(id);
    assertThat(content("a")).isEqualTo("1");
  }

  @Test
  void anUnfinishedOneExpires() throws Exception {
    UploadId id = begun("a", 9);
    long _ = send(id, 0, "123");
    Instant now = Instant.now();
    assertThat(share.uploads().purge(now.plus(Duration.ofDays(6)))).isZero();
    assertThat(share.uploads().purge(now.plus(Duration.ofDays(8)))).isEqualTo(1);
    assertGone(id);
    assertThat(store.journal().isStaged(id.text())).isFalse();
  }

  @Test
  void aDroppedOneIsGoneWithItsBytesAlsoFromUnderAConnection() throws Exception {
    UploadId id = begun("a", 9);
    try (Upload upload = share.uploads().resume(id, PHONE, 0)) {
      upload.write(bytes("123"));
      share.uploads().drop(id, PHONE);
      assertThatExceptionOfType(Refusal.Busy.class).isThrownBy(() -> upload.write(bytes("4")));
    }
    assertGone(id);
    assertThat(store.journal().isStaged(id.text())).isFalse();
  }

  @Test
  void aPutThatIsCutIsKeptWhereItIsWorthIt() throws Exception {
    try (Upload upload = share.upload(plan("small", 2 * MIB), BY)) {
      upload.write(ByteBuffer.allocate(MIB - 1));
      assertThat(upload.suspend()).isZero();
    }
    assertThat(store.journal().ids()).isEmpty();
    try (Upload upload = share.upload(plan("big", 2 * MIB), BY)) {
      upload.write(ByteBuffer.allocate(MIB));
      assertThat(upload.suspend()).isEqualTo(MIB);
    }
    share = restarted();
    UploadState state = share.uploads().list(PHONE).getFirst();
    assertThat(state.offset()).isEqualTo(MIB);
    try (Upload upload = share.uploads().resume(state.id(), PHONE, MIB)) {
      upload.write(ByteBuffer.allocate(MIB));
      assertThat(upload.finish(Optional.of(crc(new byte[2 * MIB]))).size()).isEqualTo(2 * MIB);
    }
  }

  @Test
  void aPutIsInTheJournalFromItsFirstBlockOnAndNoLongerWhenItIsDone() throws Exception {
    int length = Math.toIntExact(Upload.BLOCK_BYTES + 1);
    try (Upload upload = share.upload(plan("big", length), BY)) {
      upload.write(ByteBuffer.allocate(length - 1));
      upload.settle();
      assertThat(share.uploads().list(PHONE).getFirst().offset()).isEqualTo(Upload.BLOCK_BYTES);
      upload.write(ByteBuffer.allocate(1));
      Receipt _ = upload.finish(Optional.empty());
    }
    assertThat(store.journal().ids()).isEmpty();
    try (Upload upload = share.upload(plan("refused", length), BY)) {
      upload.write(ByteBuffer.allocate(length - 1));
    }
    assertThat(store.journal().ids()).isEmpty();
    assertThat(share.uploads().list(PHONE)).isEmpty();
  }

  @Test
  void aSmallPutNeverTouchesTheJournal() throws Exception {
    try (Upload upload = share.upload(plan("a", 3), BY)) {
      upload.write(bytes("123"));
      Receipt _ = upload.finish(Optional.empty());
    }
    assertThat(store.journal().ids()).isEmpty();
    assertThat(content("a")).isEqualTo("123");
  }

  @Test
  void partsBecomeOneFile() throws Exception {
    UploadId first = share.uploads().begin(part(OptionalLong.of(4)), BY).id();
    UploadId second = share.uploads().begin(part(OptionalLong.of(5)), BY).id();
    assertThat(send(first, 0, "1234")).isEqualTo(4);
    assertThatExceptionOfType(Refusal.Mismatch.class)
        .isThrownBy(() -> join(List.of(first, second)));
    assertThat(send(second, 0, "56789")).isEqualTo(5);
    assertThatExceptionOfType(Refusal.Mismatch.class).isThrownBy(() -> join(List.of(first, first)));
    assertThatExceptionOfType(Refusal.Mismatch.class).isThrownBy(() -> join(List.of()));
    share = restarted();
    UploadState whole = join(List.of(first, second));
    assertThat(whole.receipt().orElseThrow().digest().hex()).isEqualTo("e3069283");
    assertThat(content("whole")).isEqualTo("123456789");
    assertGone(first);
    assertGone(second);
    assertThat(find(whole.id()).receipt()).isPresent();
  }

  private UploadState join(List<UploadId> parts) throws Refusal, IOException {
    UploadPlan plan =
        new UploadPlan(
            Optional.of(path("whole")),
            OptionalLong.empty(),
            Existence.ABSENT,
            Optional.empty(),
            Map.of());
    return share.uploads().join(parts, plan, BY);
  }

  @Test
  void aKeyHasNoMoreThanItsShareOfThem() throws Exception {
    for (int i = 0; i < Uploads.MOST_OF_A_KEY; i++) {
      UploadId _ = begun("a" + i, 1);
    }
    assertThatExceptionOfType(Refusal.TooMany.class).isThrownBy(() -> begun("b", 1));
    Uploader other = new Uploader(OTHER, List.of(OWNER), "other");
    assertThat(share.uploads().begin(plan("b", 1), other).offset()).isZero();
  }

  @Test
  void whatACrashCutOffWhileItWasPublishedIsPublishedAtTheNextStart() throws Exception {
    UploadId id = begun("a", 3);
    assertThat(send(id, 0, "12")).isEqualTo(2);
    // As if the last byte had come and the process died before the link.
    try (Upload upload = share.uploads().resume(id, PHONE, 2)) {
      upload.write(bytes("3"));
      stageAndStop(upload, id);
    }
    share = restarted();
    share.uploads().load();
    assertThat(content("a")).isEqualTo("123");
    assertThat(find(id).receipt()).isPresent();
  }

  private void stageAndStop(Upload upload, UploadId id) throws Refusal, IOException {
    Journal journal = store.journal();
    upload.close();
    journal.append(
        id.text(),
        JournalText.added(
            JournalText.run(new Run(0, 3, crc("123".getBytes(UTF_8)))), JournalText.finishing()));
  }

  @Test
  void whatWasPublishedWithoutAWordIsFinishedAfterTheNextStart() throws Exception {
    UploadId id = begun("a", 3);
    Receipt receipt = end(id, 0, "123");
    SessionEntry entry =
        JournalText.parse(store.journal().read(id.text()).orElseThrow().text()).orElseThrow();
    store
        .journal()
        .write(
            id.text(),
            JournalText.print(
                new SessionEntry(
                    entry.by(),
                    entry.plan(),
                    entry.started(),
                    entry.runs(),
                    true,
                    Optional.empty())));
    share = restarted();
    assertThat(find(id).receipt()).contains(receipt);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private Optional<Receipt> beside(UploadId id, byte[] all, int from, int to)
      throws Refusal, IOException {
    try (Upload upload = share.uploads().resumeBeside(id, PHONE, from, to - from)) {
      upload.write(ByteBuffer.wrap(all, from, to - from));
      return upload.end(Optional.empty());
    }
  }

  @Test
  void severalConnectionsBringOneFile() throws Exception {
    int block = Math.toIntExact(Upload.BLOCK_BYTES);
    byte[] all = random(2 * block + 100);
    UploadId id = begun("a", all.length);
    try (Upload second = share.uploads().resumeBeside(id, PHONE, block, block)) {
      second.write(ByteBuffer.wrap(all, block, 5));
      assertThat(beside(id, all, 2 * block, all.length)).isEmpty();
      assertThat(beside(id, all, 0, block - 7)).isEmpty();
      assertThatExceptionOfType(Refusal.Busy.class)
          .isThrownBy(() -> beside(id, all, block, block + 10));
      assertThat(second.suspend()).isEqualTo(block + 5);
    }
    share = restarted();
    UploadState state = find(id);
    assertThat(state.offset()).isEqualTo(block - 7);
    assertThat(state.runs()).extracting(Run::start).containsExactly(0L, (long) block, 2L * block);
    assertThat(beside(id, all, block - 7, block)).isEmpty();
    assertThat(find(id).offset()).isEqualTo(block + 5);
    assertThat(find(id).runs().getFirst().end()).isEqualTo(block + 5);
    Receipt receipt = beside(id, all, block + 5, 2 * block).orElseThrow();
    assertThat(receipt.digest()).isEqualTo(crc(all));
    assertThat(receipt.size()).isEqualTo(all.length);
    try (Download file = share.open(path("a"))) {
      assertThat(file.sum(Digest.Algorithm.CRC32C)).isEqualTo(crc(all));
    }
  }

  @Test
  void aPlaceThatIsTakenOrOffTheGridIsRefused() throws Exception {
    int block = Math.toIntExact(Uploads.RUN_GRID_BYTES);
    byte[] all = random(2 * block);
    UploadId id = begun("a", all.length);
    assertThat(beside(id, all, block, block + 10)).isEmpty();
    for (int[] range :
        new int[][] {{5, 10}, {block, block + 1}, {block + 5, block + 20}, {0, block + 1}}) {
      assertThatExceptionOfType(Refusal.WrongOffset.class)
          .isThrownBy(() -> beside(id, all, range[0], range[1]))
          .satisfies(refusal -> assertThat(refusal.offset()).isZero());
    }
    assertThatExceptionOfType(Refusal.Mismatch.class)
        .isThrownBy(() -> share.uploads().resumeBeside(id, PHONE, block + 10, block));
  }

  @Test
  void whoKnowsOfNoRunsGoesOnBehindTheFirstAndBringsTheRestAnew() throws Exception {
    int block = Math.toIntExact(Upload.BLOCK_BYTES);
    byte[] all = random(block + 100);
    UploadId id = begun("a", all.length);
    assertThat(beside(id, new byte[all.length], block, block + 50)).isEmpty();
    try (Upload upload = share.uploads().resume(id, PHONE, 0)) {
      upload.write(ByteBuffer.wrap(all));
      assertThat(upload.isComplete()).isTrue();
      assertThat(upload.finish(Optional.of(crc(all))).size()).isEqualTo(all.length);
    }
  }

  @Test
  void ofManyWhoEndAtOnceExactlyOneFinishes() throws Exception {
    int block = Math.toIntExact(Upload.BLOCK_BYTES);
    byte[] all = random(3 * block + 1);
    UploadId id = begun("a", all.length);
    List<Callable<Boolean>> parts = new ArrayList<>();
    CyclicBarrier barrier = new CyclicBarrier(4);
    for (int from = 0; from < all.length; from += block) {
      int start = from;
      int end = Math.min(start + block, all.length);
      parts.add(
          () -> {
            try (Upload upload = share.uploads().resumeBeside(id, PHONE, start, end - start)) {
              upload.write(ByteBuffer.wrap(all, start, end - start));
              var _ = barrier.await(20, TimeUnit.SECONDS);
              return upload.end(Optional.of(crc(all))).isPresent();
            }
          });
    }
    int finished = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> part : threads.invokeAll(parts)) {
        finished += part.get() ? 1 : 0;
      }
    }
    assertThat(finished).isEqualTo(1);
    assertThat(find(id).receipt().orElseThrow().digest()).isEqualTo(crc(all));
  }
}
