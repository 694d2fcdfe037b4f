package org.privateshare.share;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.privateshare.model.Digest;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Precondition;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.MemoryStore;
import org.privateshare.store.OneByteStore;

/// The rules of every change to what is there, over the memory store.
final class ShareChangesTest {
  private static final Limits LIMITS = new Limits(100, 0, false);

  private final MemoryStore store = new MemoryStore();
  private final Share share = new Share(store, LIMITS);

  private static SharePath path(String text) throws Refusal.BadName {
    return SharePath.parse(text);
  }

  private Receipt replace(String name, String content, Precondition must)
      throws Refusal, IOException {
    try (Upload upload = share.replace(path(name), OptionalLong.empty(), must)) {
      upload.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
      return upload.finish(Optional.empty());
    }
  }

  private OldVersion onlyOldVersion() throws IOException {
    try (KeptVersions versions = share.history(SharePath.ROOT)) {
      OldVersion only = versions.next().orElseThrow();
      assertThat(versions.next()).isEmpty();
      return only;
    }
  }

  @Test
  void anUploadThatReplacesDoesSoWhenItIsFinished() throws Exception {
    String first = replace("a", "old", Existence.ANY).version();
    Precondition must = Precondition.Version.of(first);
    try (Upload upload = share.replace(path("a"), OptionalLong.of(3), must);
        Download old = share.open(path("a"))) {
      assertThat(old.version()).isEqualTo(first);
      upload.write(ByteBuffer.wrap("new".getBytes(UTF_8)));
      Receipt receipt = upload.finish(Optional.empty());
      try (Download now = share.open(path("a"))) {
        assertThat(receipt.version()).isEqualTo(now.version()).isNotEqualTo(first);
        assertThat(now.digest()).contains(receipt.digest());
      }
    }
    assertThat(onlyOldVersion().size()).isEqualTo(3);
    assertThatExceptionOfType(Refusal.Changed.class).isThrownBy(() -> replace("a", "x", must));
  }

  @Test
  void anAbandonedReplaceChangesNothing() throws Exception {
    String first = replace("a", "old", Existence.ANY).version();
    try (Upload upload = share.replace(path("a"), OptionalLong.empty(), Existence.ANY)) {
      upload.write(ByteBuffer.wrap("new".getBytes(UTF_8)));
    }
    try (Download now = share.open(path("a"))) {
      assertThat(now.version()).isEqualTo(first);
    }
  }

  @Test
  void aReplaceIsHeldToTheLimitsToo() {
    assertThatExceptionOfType(Refusal.TooLarge.class)
        .isThrownBy(() -> share.replace(path("a"), OptionalLong.of(101), Existence.ANY));
  }

  @Test
  void aReadOnlyShareChangesNothing() throws Exception {
    var _ = replace("a", "old", Existence.ANY);
    var _ = replace("a", "new", Existence.ANY);
    store.makeFolder("folder");
    String id = onlyOldVersion().id();
    Share shut = new Share(store, new Limits(100, 0, true));
    List<ThrowingCallable> changes =
        List.of(
            () -> shut.upload(path("b"), OptionalLong.empty()),
            () -> shut.replace(path("a"), OptionalLong.empty(), Existence.ANY),
            () -> shut.makeFolder(path("new")),
            () -> shut.remove(path("folder"), Existence.ANY),
            () -> shut.move(path("a"), path("b"), Existence.ANY),
            () -> shut.restore(path("a"), id, path("b")),
            () -> shut.purge(Instant.now().plus(Duration.ofDays(1))));
    for (ThrowingCallable change : changes) {
      assertThatExceptionOfType(Refusal.Denied.class).isThrownBy(change);
    }
    assertThat(shut.find(path("a"))).isPresent();
    assertThat(shut.find(path("folder"))).isPresent();
    assertThat(onlyOldVersion().id()).isEqualTo(id);
  }

  @Test
  void onlyPortableNamesComeIntoBeing() throws Exception {
    store.put("odd: name", "x".getBytes(UTF_8));
    var _ = replace("a", "x", Existence.ANY);
    for (String odd : List.of("odd: name", "CON", "a ")) {
      List<ThrowingCallable> changes =
          List.of(
              () -> share.replace(path(odd), OptionalLong.empty(), Existence.ANY),
              () -> share.makeFolder(path(odd)),
              () -> share.move(path("a"), path(odd), Existence.ANY),
              () -> share.restore(path("a"), "any", path(odd)));
      for (ThrowingCallable change : changes) {
        assertThatExceptionOfType(Refusal.BadName.class).isThrownBy(change);
      }
    }
  }

  @Test
  void whatAnotherProgramNamedOddlyCanGoAndComeBack() throws Exception {
    store.put("odd: name", "x".getBytes(UTF_8));
    share.remove(path("odd: name"), Existence.PRESENT);
    share.restore(path("odd: name"), onlyOldVersion().id(), path("odd: name"));
    share.move(path("odd: name"), path("even name"), Existence.ANY);
    assertThat(share.find(path("even name"))).isPresent();
  }

  @Test
  void theShareItselfStaysAsItIs() {
    List<ThrowingCallable> changes =
        List.of(
            () -> share.makeFolder(SharePath.ROOT),
            () -> share.remove(SharePath.ROOT, Existence.ANY),
            () -> share.move(SharePath.ROOT, path("b"), Existence.ANY),
            () -> share.move(path("b"), SharePath.ROOT, Existence.ANY),
            () -> share.restore(path("b"), "any", SharePath.ROOT));
    for (ThrowingCallable change : changes) {
      assertThatExceptionOfType(Refusal.BadName.class).isThrownBy(change);
    }
  }

  @Test
  void whatIsOldEnoughIsPurged() throws Exception {
    var _ = replace("a", "old", Existence.ANY);
    share.remove(path("a"), Existence.ANY);
    assertThat(share.purge(onlyOldVersion().kept())).isZero();
    assertThat(share.purge(onlyOldVersion().kept().plusMillis(1))).isEqualTo(1);
  }

  // Test vectors: RFC 9260 (CRC-32C of "123456789"), FIPS 180-4.

  @Test
  void aFileIsSummedUpOnRequest() throws Exception {
    store.put("nine", "123456789".getBytes(UTF_8));
    store.put("empty", new byte[0]);
    assertThat(sum("nine", Digest.Algorithm.CRC32C)).isEqualTo("e3069283");
    assertThat(sum("empty", Digest.Algorithm.CRC32C)).isEqualTo("00000000");
    assertThat(sum("nine", Digest.Algorithm.SHA_256))
        .isEqualTo("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
    assertThat(sum("empty", Digest.Algorithm.SHA_256))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  private String sum(String name, Digest.Algorithm algorithm) throws Refusal, IOException {
    try (Download whole = share.open(path(name));
        Download slow = new Share(new OneByteStore(store), LIMITS).open(path(name))) {
      assertThat(whole.sum(algorithm)).isEqualTo(slow.sum(algorithm));
      return whole.sum(algorithm).hex();
    }
  }

  @Test
  void aFileThatIsCutWhileItIsSummedUpHasNoSum() throws Exception {
    store.put("a", new byte[200_000]);
    try (Download file = share.open(path("a"))) {
      store.cut("a", 100_000);
      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(() -> file.sum(Digest.Algorithm.CRC32C));
    }
  }
}
