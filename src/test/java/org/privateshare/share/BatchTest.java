package org.privateshare.share;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.privateshare.model.Digest;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.MemoryStore;

/// The rules of files that come together, over the memory store.
final class BatchTest {
  private static final Optional<Instant> THEN = Optional.of(Instant.parse("2026-01-02T03:04:05Z"));

  private final MemoryStore store = new MemoryStore(10_000);
  private final Share share = new Share(store, new Limits(1_000, 0, false));

  private static void add(Batch batch, String path, String content) throws Exception {
    BatchMember member = batch.begin(SharePath.parse(path), content.length(), THEN);
    member.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
    member.seal(Optional.empty());
  }

  private static List<String> commit(Batch batch) throws IOException {
    return batch.commit().stream().map(BatchTest::said).toList();
  }

  private static String said(BatchResult result) {
    return switch (result) {
      case BatchResult.Stored(var path, _, var digest, _) -> "stored " + path + " " + digest;
      case BatchResult.Unchanged(var path, long size) -> "unchanged " + path + " " + size;
      case BatchResult.Refused(var path, var why) -> why.code() + " " + path;
    };
  }

  private Optional<Entry> find(String path) throws Exception {
    return share.find(SharePath.parse(path));
  }

  @Test
  void whatIsSealedIsPublishedAndTheRestIsNot() throws Exception {
    try (Batch batch = share.batch(false)) {
      add(batch, "d/a", "123456789");
      var _ = batch.begin(SharePath.parse("d/half"), 5, THEN);
      add(batch, "empty", "");
      assertThat(find("d")).isEmpty();
      assertThat(commit(batch))
          .containsExactly("stored d/a crc32c:e3069283", "stored empty crc32c:00000000");
    }
    assertThat(find("d/a")).contains(new Entry.File("a", 9, THEN.get()));
    assertThat(find("d/half")).isEmpty();
  }

  @Test
  void theSameBytesAreUnchangedAndOthersAreRefused() throws Exception {
    store.put("noted", "x".getBytes(UTF_8));
    store.put("same size", "y".getBytes(UTF_8));
    store.put("shorter", "".getBytes(UTF_8));
    store.makeFolder("folder");
    try (Batch batch = share.batch(false)) {
      for (String name :
          List.of("noted", "same size", "shorter", "folder", "NOTED", "new", "new")) {
        add(batch, name, "x");
      }
      assertThat(commit(batch))
          .containsExactly(
              "unchanged noted 1",
              "taken same size",
              "taken shorter",
              "taken folder",
              "taken NOTED",
              "stored new crc32c:" + Digest.crc32c(crcOf("x")).hex(),
              "unchanged new 1");
    }
  }

  private static long crcOf(String text) {
    var sum = new CRC32C();
    sum.update(text.getBytes(UTF_8));
    return sum.getValue();
  }

  @Test
  void replacingKeepsWhatIsTheSame() throws Exception {
    store.put("same", "x".getBytes(UTF_8));
    store.put("other", "y".getBytes(UTF_8));
    try (Batch batch = share.batch(true)) {
      add(batch, "same", "x");
      add(batch, "other", "x");
      List<BatchResult> results = batch.commit();
      assertThat(said(results.get(0))).isEqualTo("unchanged same 1");
      assertThat(((BatchResult.Stored) results.get(1)).replaced()).isTrue();
    }
  }

  @Test
  void whatCanNotBeIsRefusedBeforeItsBytes() throws Exception {
    try (Batch batch = share.batch(false)) {
      assertThatThrownBy(() -> batch.begin(SharePath.parse("a:b"), 1, THEN))
          .isInstanceOf(Refusal.BadName.class);
      assertThatThrownBy(() -> batch.begin(SharePath.ROOT, 1, THEN))
          .isInstanceOf(Refusal.BadName.class);
      assertThatThrownBy(() -> batch.begin(SharePath.parse("a"), 1_001, THEN))
          .isInstanceOf(Refusal.TooLarge.class);
      for (int n = 0; n < 10; n++) {
        var _ = batch.begin(SharePath.parse("n" + n), 1_000, THEN);
      }
      assertThatThrownBy(() -> batch.begin(SharePath.parse("full"), 1, THEN))
          .isInstanceOf(Refusal.NoSpace.class);
    }
    assertThat(share.freeBytes()).isEqualTo(10_000);
    Share readOnly = new Share(store, new Limits(1_000, 0, true));
    assertThatThrownBy(() -> readOnly.batch(false)).isInstanceOf(Refusal.Denied.class);
  }

  @Test
  void lengthAndSumMustBeWhatWasSaid() throws Exception {
    try (Batch batch = share.batch(false)) {
      BatchMember shortOne = batch.begin(SharePath.parse("short"), 2, THEN);
      shortOne.write(ByteBuffer.wrap(new byte[1]));
      assertThatThrownBy(() -> shortOne.seal(Optional.empty()))
          .isInstanceOf(Refusal.Mismatch.class);
      BatchMember longOne = batch.begin(SharePath.parse("long"), 1, THEN);
      assertThatThrownBy(() -> longOne.write(ByteBuffer.wrap(new byte[2])))
          .isInstanceOf(Refusal.Mismatch.class);
      BatchMember other = batch.begin(SharePath.parse("other"), 1, THEN);
      other.write(ByteBuffer.wrap(new byte[1]));
      assertThatThrownBy(() -> other.seal(Optional.of(Digest.crc32c(1))))
          .isInstanceOf(Refusal.Mismatch.class);
      assertThat(commit(batch)).isEmpty();
    }
    assertThat(share.list(SharePath.ROOT).next()).isEmpty();
  }

  @Test
  void foldersAreMadeWithThoseOnTheWay() throws Exception {
    store.put("file", new byte[0]);
    assertThat(share.makeFolders(SharePath.parse("a/b/c"))).isTrue();
    assertThat(share.makeFolders(SharePath.parse("a/b/c"))).isFalse();
    assertThat(find("a/b/c")).isPresent();
    assertThatThrownBy(() -> share.makeFolders(SharePath.parse("file/x")))
        .isInstanceOf(Refusal.Taken.class);
  }
}
