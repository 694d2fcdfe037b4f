package org.privateshare.share;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.MemoryStore;
import org.privateshare.store.StoredFile;

/// The rules of an upload, over the memory store.
final class UploadTest {
  private static final String CHECK = "123456789";
  private static final Digest CHECK_CRC = new Digest(Digest.Algorithm.CRC32C, "e3069283");

  private final MemoryStore store = new MemoryStore();
  private final Share share = new Share(store, new Limits(1L << 40, 0, false));

  @Test
  void aFinishedUploadIsAFileAndItsReceiptSaysWhatItIs() throws Exception {
    SharePath name = SharePath.parse("a.txt");
    try (Upload upload = share.upload(name, OptionalLong.of(9))) {
      upload.write(bytes(CHECK));
      Receipt receipt = upload.finish(Optional.of(CHECK_CRC));
      try (Download file = share.open(name)) {
        assertThat(receipt).isEqualTo(new Receipt(name, 9, CHECK_CRC, file.version(), false));
      }
    }
    assertThat(contentOf("a.txt")).isEqualTo(CHECK);
  }

  @Test
  void nothingIsVisibleBeforeTheFinishAndNothingAfterAnAbort() throws Exception {
    try (Upload upload = share.upload(SharePath.parse("a"), OptionalLong.empty())) {
      upload.write(bytes(CHECK));
      assertThat(share.find(SharePath.parse("a"))).isEmpty();
    }
    assertThat(share.find(SharePath.parse("a"))).isEmpty();
  }

  @Test
  void aShortUploadIsNotPublished() throws Exception {
    try (Upload upload = share.upload(SharePath.parse("a"), OptionalLong.of(10))) {
      upload.write(bytes(CHECK));
      assertThatThrownBy(() -> upload.finish(Optional.empty()))
          .isInstanceOf(Refusal.Mismatch.class)
          .hasMessage("only 9 of 10 bytes came");
    }
    assertThat(share.find(SharePath.parse("a"))).isEmpty();
  }

  @Test
  void moreBytesThanAnnouncedAreRefusedBeforeTheyAreWritten() throws Exception {
    try (Upload upload = share.upload(SharePath.parse("a"), OptionalLong.of(8))) {
      assertThatThrownBy(() -> upload.write(bytes(CHECK))).isInstanceOf(Refusal.Mismatch.class);
      assertThat(upload.size()).isZero();
    }
  }

  @Test
  void aWrongDigestIsNotPublished() throws Exception {
    try (Upload upload = share.upload(SharePath.parse("a"), OptionalLong.empty())) {
      upload.write(bytes("123456780"));
      assertThatThrownBy(() -> upload.finish(Optional.of(CHECK_CRC)))
          .isInstanceOf(Refusal.Mismatch.class);
    }
    assertThat(share.find(SharePath.parse("a"))).isEmpty();
  }

  @Test
  void aFileOverTheLimitIsRefusedAtItsAnnouncementOrAtTheFirstByteTooMany() throws Exception {
    Share small = new Share(store, new Limits(8, 0, false));
    assertThatThrownBy(() -> small.upload(SharePath.parse("a"), OptionalLong.of(9)))
        .isInstanceOf(Refusal.TooLarge.class);
    try (Upload upload = small.upload(SharePath.parse("a"), OptionalLong.empty())) {
      assertThatThrownBy(() -> upload.write(bytes(CHECK))).isInstanceOf(Refusal.TooLarge.class);
    }
  }

  @Test
  void aTakenNameIsRefusedBeforeTheFirstByte() throws Exception {
    put("a", CHECK);
    assertThatThrownBy(() -> share.upload(SharePath.parse("a"), OptionalLong.empty()))
        .isInstanceOf(Refusal.Taken.class);
    assertThat(contentOf("a")).isEqualTo(CHECK);
  }

  @Test
  void ofTwoUploadsOfOneNameTheFirstToFinishWins() throws Exception {
    SharePath name = SharePath.parse("a");
    try (Upload slow = share.upload(name, OptionalLong.empty())) {
      slow.write(bytes("slow"));
      put("a", "quick");
      assertThatThrownBy(() -> slow.finish(Optional.empty())).isInstanceOf(Refusal.Taken.class);
    }
    assertThat(contentOf("a")).isEqualTo("quick");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "NUL.txt", "a ", "e\u0301", "a\u200b", "sub/CON"})
  void aNameThatIsNotPortableCanNotBeCreated(String name) {
    assertThatThrownBy(() -> share.upload(SharePath.parse(name), OptionalLong.empty()))
        .isInstanceOf(Refusal.BadName.class);
  }

  @Test
  void theShareItselfIsNoFileName() {
    assertThatThrownBy(() -> share.upload(SharePath.ROOT, OptionalLong.empty()))
        .isInstanceOf(Refusal.BadName.class);
  }

  @Test
  void aReadOnlyShareTakesNothing() {
    Share readOnly = new Share(store, new Limits(1L << 40, 0, true));
    assertThatThrownBy(() -> readOnly.upload(SharePath.parse("a"), OptionalLong.empty()))
        .isInstanceOf(Refusal.Denied.class);
  }

  @Test
  void aFileOfSeveralBlocksKeepsItsBytesAndItsSum() throws Exception {
    byte[] block = new byte[(int) Upload.BLOCK_BYTES + 7];
    new Random(7).nextBytes(block);
    CRC32C crc = new CRC32C();
    try (Upload upload = share.upload(SharePath.parse("big"), OptionalLong.empty())) {
      for (int i = 0; i < 3; i++) {
        crc.update(block);
        upload.write(ByteBuffer.wrap(block));
      }
      Receipt receipt = upload.finish(Optional.empty());
      assertThat(receipt.size()).isEqualTo(3L * block.length);
      assertThat(receipt.digest()).isEqualTo(Digest.crc32c(crc.getValue()));
    }
  }

  private void put(String name, String content) throws Refusal, IOException {
    try (Upload upload = share.upload(SharePath.parse(name), OptionalLong.empty())) {
      upload.write(bytes(content));
      assertThat(upload.finish(Optional.empty()).size()).isEqualTo(content.length());
    }
  }

  private String contentOf(String name) throws Refusal, IOException {
    try (StoredFile file = share.open(SharePath.parse(name))) {
      ByteBuffer content = ByteBuffer.allocate((int) file.size());
      while (content.hasRemaining()) {
        assertThat(file.read(content, content.position())).isPositive();
      }
      return new String(content.array(), UTF_8);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
