package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.privateshare.store.ChangesContract.history;
import static org.privateshare.store.ChangesContract.replace;
import static org.privateshare.store.StoreContract.bytes;
import static org.privateshare.store.StoreContract.content;
import static org.privateshare.store.StoreContract.names;
import static org.privateshare.store.StoreContract.path;
import static org.privateshare.store.StoreContract.put;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// How a folder store begins, what it keeps in the folder, and what it does when the folder goes.
final class FolderLifeTest {
  /// A name from `docs/storage.md`.
  private static final String STALE = "0f1e2d3c4b5a69788796a5b4c3d2e1f0.part";

  @TempDir private Path temp;
  private Path share = Path.of("");

  @BeforeEach
  void makeShare() throws IOException {
    share = Files.createDirectory(temp.resolve("share"));
  }

  private Path staging() {
    return share.resolve(".privateshare/staging");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  // What is in the folder

  @Test
  void itsOwnFolderIsForTheOwnerOnly() throws Exception {
    try (FolderStore _ = FolderStore.open(share)) {
      assertThat(mode(share.resolve(".privateshare"))).isEqualTo("rwx------");
      assertThat(mode(staging())).isEqualTo("rwx------");
      assertThat(mode(share.resolve(".privateshare/lock"))).isEqualTo("rw-------");
      assertThat(staging()).isEmptyDirectory();
    }
  }

  @Test
  void aFolderOfItsOwnThatIsOpenToOthersIsShut() throws Exception {
    Files.createDirectories(staging());
    try (FolderStore _ = FolderStore.open(share)) {
      assertThat(mode(share.resolve(".privateshare"))).isEqualTo("rwx------");
      assertThat(mode(staging())).isEqualTo("rwx------");
    }
  }

  @Test
  void aStagedFileIsForTheOwnerAndAPublishedOneAsTheUmaskSays() throws Exception {
    String usual = mode(Files.createFile(temp.resolve("usual")));
    try (FolderStore store = FolderStore.open(share);
        StagedFile staged = store.stage(path("a"))) {
      Path file = list(staging()).getFirst();
      assertThat(file.getFileName().toString()).matches("[0-9a-f]{32}\\.part").hasSameSizeAs(STALE);
      assertThat(mode(file)).isEqualTo("rw-------");
      staged.publish();
      assertThat(mode(share.resolve("a"))).isEqualTo(usual);
      assertThat(staging()).isEmptyDirectory();
    }
  }

  @Test
  void whatIsNotPublishedLeavesNothing() throws Exception {
    try (FolderStore store = FolderStore.open(share)) {
      StagedFile staged = store.stage(path("a"));
      staged.write(ByteBuffer.wrap(bytes("x")), 0);
      staged.close();
      assertThat(staging()).isEmptyDirectory();
      try (StagedFile loser = store.stage(path("a"))) {
        Files.createFile(share.resolve("a"));
        assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(loser::publish);
      }
      assertThat(staging()).isEmptyDirectory();
    }
  }

  // The beginning

  @Test
  void whatIsNoFolderIsNotServed() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatIOException()
        .isThrownBy(() -> FolderStore.open(file))
        .withMessageContaining(file + ": it is not a folder");
    assertThatIOException().isThrownBy(() -> FolderStore.open(temp.resolve("missing")));
    assertThat(temp.resolve("missing")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void aLinkInThePlaceOfItsOwnFolderIsRefused(Way way) throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.createSymbolicLink(share.resolve(".privateshare"), elsewhere);
    assertThatIOException()
        .isThrownBy(() -> way.open(share))
        .withMessageContaining(share.resolve(".privateshare") + " is a file or a link");
    assertThat(elsewhere).isEmptyDirectory();
    Files.delete(share.resolve(".privateshare"));
    Files.createDirectory(share.resolve(".privateshare"));
    Files.createSymbolicLink(staging(), elsewhere);
    assertThatIOException()
        .isThrownBy(() -> way.open(share))
        .withMessageContaining(staging() + " is a file or a link");
    assertThat(elsewhere).isEmptyDirectory();
    Files.delete(staging());
    way.open(share).close();
  }

  @Test
  void aFileInThePlaceOfItsOwnFolderIsRefused() throws Exception {
    Files.createFile(share.resolve(".privateshare"));
    assertThatIOException()
        .isThrownBy(() -> FolderStore.open(share))
        .withMessageContaining("move it away");
  }

  @ParameterizedTest
  @ValueSource(strings = {".privateshare", ".privateshare/staging"})
  void aFolderOfItsOwnThatBelongsToAnotherUserIsRefused(String own) throws Exception {
    Files.createDirectories(staging());
    Process chown = new ProcessBuilder("chown", "12345", share.resolve(own).toString()).start();
    assumeThat(chown.waitFor()).as("chown, which only root may").isZero();
    assertThatIOException()
        .isThrownBy(() -> FolderStore.open(share))
        .withMessageContaining("belongs to another user");
  }

  @Test
  void aLinkInThePlaceOfTheLockIsRefused() throws Exception {
    Files.createDirectory(share.resolve(".privateshare"));
    Files.createSymbolicLink(share.resolve(".privateshare/lock"), temp.resolve("made"));
    assertThatIOException().isThrownBy(() -> FolderStore.open(share));
    assertThat(temp.resolve("made")).doesNotExist();
  }

  @Test
  void aShareMayBeNamedByALink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), share);
    try (FolderStore store = FolderStore.open(link)) {
      put(store, "a", "x");
    }
    assertThat(share.resolve("a")).hasContent("x");
  }

  // The sweep

  @Test
  void whatAKilledRunLeftIsSweptAndNothingElse() throws Exception {
    Files.createDirectories(staging());
    Files.writeString(staging().resolve(STALE), "half a file");
    Files.writeString(share.resolve("published"), "whole");
    Files.createLink(
        staging().resolve("00000000000000000000000000000000.part"), share.resolve("published"));
    List<String> kept =
        List.of("notes.txt", "0f1e.part", STALE.toUpperCase(Locale.ROOT), STALE + ".part");
    for (String name : kept) {
      Files.writeString(staging().resolve(name), "not ours");
    }
    Files.writeString(share.resolve(STALE), "a user's file");
    Path folder = Files.createDirectory(staging().resolve("1" + STALE.substring(1)));
    for (int run = 0; run < 2; run++) {
      FolderStore.open(share).close();
      assertThat(list(staging()))
          .hasSize(kept.size() + 1)
          .contains(folder)
          .allMatch(file -> file.equals(folder) || kept.contains(file.getFileName().toString()));
      assertThat(share.resolve("published")).hasContent("whole");
      assertThat(share.resolve(STALE)).hasContent("a user's file");
    }
  }

  // The lock

  @Test
  void aSecondServerIsRefusedUntilTheFirstIsClosed() throws Exception {
    FolderStore first = FolderStore.open(share);
    for (int i = 0; i < 3; i++) {
      assertThatIOException()
          .isThrownBy(() -> FolderStore.open(share))
          .withMessageContaining(share + " is already served by another privateshare");
    }
    first.close();
    first.close();
    FolderStore.open(share).close();
  }

  /// The refusal must not cost the first server its lock: closing any descriptor of the lock file
  /// would.
  @Test
  void theLockOutlivesARefusedServer() throws Exception {
    assumeThat(Path.of("/proc/locks")).isReadable();
    try (FolderStore _ = FolderStore.open(share)) {
      assertThat(isLocked()).isTrue();
      assertThatIOException().isThrownBy(() -> FolderStore.open(share));
      assertThat(isLocked()).isTrue();
    }
    assertThat(isLocked()).isFalse();
  }

  private boolean isLocked() throws IOException {
    Object inode = Files.getAttribute(share.resolve(".privateshare/lock"), "unix:ino");
    return Files.readString(Path.of("/proc/locks")).contains(":" + inode + " 0 EOF");
  }

  @Test
  void aServerOfAnotherProcessIsRefused() throws Exception {
    Files.createDirectory(share.resolve(".privateshare"));
    Path lock = Files.createFile(share.resolve(".privateshare/lock"));
    String script =
        "import fcntl,sys; f=open(sys.argv[1],'w'); fcntl.lockf(f,fcntl.LOCK_EX); print('held',"
            + "flush=True); sys.stdin.read()";
    Process other = new ProcessBuilder("python3", "-c", script, lock.toString()).start();
    try (var talk = other.inputReader()) {
      assumeThat(talk.readLine()).isEqualTo("held");
      assertThatIOException()
          .isThrownBy(() -> FolderStore.open(share))
          .withMessageContaining("already served");
    } finally {
      other.destroy();
      other.waitFor();
    }
    FolderStore.open(share).close();
  }

  // While it runs

  @ParameterizedTest
  @EnumSource(names = "WALKING", mode = EnumSource.Mode.EXCLUDE)
  void stagingThatIsReplacedByALinkGoesOnInTheHeldFolder(Way way) throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    try (FolderStore store = way.open(share);
        StagedFile before = store.stage(path("before"))) {
      Files.move(staging(), temp.resolve("moved"));
      Files.createSymbolicLink(staging(), elsewhere);
      before.write(ByteBuffer.wrap(bytes("whole")), 0);
      before.publish();
      put(store, "after", "whole");
      assertThat(content(store, "before")).contains("whole");
      assertThat(content(store, "after")).contains("whole");
    }
    assertThat(elsewhere).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void aShareThatIsMovedAwayIsGoneAndNotMadeAnew(Way way) throws Exception {
    try (FolderStore store = way.open(share);
        StagedFile staged = store.stage(path("new/late"))) {
      put(store, "a", "x");
      Files.move(share, temp.resolve("moved"));
      assertGone(store, staged);
      assertThat(share).doesNotExist();
      Files.createDirectory(share);
      assertGone(store, staged);
      assertThat(share).isEmptyDirectory();
      Files.delete(share);
      Files.move(temp.resolve("moved"), share);
      assertThat(content(store, "a")).contains("x");
    }
  }

  private void assertGone(FolderStore store, StagedFile staged) {
    List<ThrowingCallable> calls =
        List.of(
            () -> store.find(path("a")),
            () -> store.open(path("a")),
            () -> store.list(SharePath.ROOT),
            () -> store.stage(path("b")),
            store::freeBytes,
            () -> store.makeFolder(path("b")),
            () -> store.remove(path("a"), Existence.ANY),
            () -> store.move(path("a"), path("b"), Existence.ANY),
            () -> store.history().list(path("a")),
            () -> store.history().restore(path("a"), KeptName.fresh(Instant.now()).id(), path("b")),
            () -> store.history().purge(Instant.now()),
            staged::publish);
    for (var call : calls) {
      assertThatIOException().isThrownBy(call);
    }
    assertThatIOException()
        .isThrownBy(() -> store.find(path("a")))
        .withMessageContaining("the share folder " + share + " is gone");
  }

  @Test
  void aClosedStoreSaysSo() throws Exception {
    FolderStore store = FolderStore.open(share);
    StagedFile staged = store.stage(path("a"));
    store.close();
    assertThatIOException().isThrownBy(() -> store.find(path("a"))).withMessageContaining("closed");
    assertThatIOException().isThrownBy(staged::publish);
    staged.close();
    assertThat(share.resolve("a")).doesNotExist();
  }

  @Test
  void anOpenFileOutlivesItsStore() throws Exception {
    FolderStore store = FolderStore.open(share);
    put(store, "a", "still here");
    try (StoredFile file = store.open(path("a")).orElseThrow();
        Listing listing = store.list(SharePath.ROOT).orElseThrow()) {
      store.close();
      assertThat(content(file)).isEqualTo("still here");
      assertThat(listing.next()).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void noDescriptorIsLeftBehind(Way way) throws Exception {
    assumeThat(Path.of("/proc/self/fd")).isDirectory();
    callEverything(way, "warm/up");
    int before = list(Path.of("/proc/self/fd")).size();
    for (int run = 0; run < 4; run++) {
      callEverything(way, "run" + run);
    }
    assertThat(list(Path.of("/proc/self/fd"))).hasSizeLessThanOrEqualTo(before + 2);
  }

  /// A hundred calls of every kind, half of them failing.
  private void callEverything(Way way, String folder) throws Exception {
    Path link = share.resolve("link");
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      Files.createSymbolicLink(link, temp);
    }
    assertThatIOException().isThrownBy(() -> way.open(temp.resolve("missing")));
    try (FolderStore store = way.open(share)) {
      assertThatIOException().isThrownBy(() -> way.open(share));
      for (int i = 0; i < 10; i++) {
        String name = folder + "/" + i;
        put(store, name, "x");
        assertThat(content(store, name)).contains("x");
        assertThat(names(store, folder)).hasSize(i + 1);
        assertThat(content(store, folder)).isEmpty();
        assertThat(store.list(path(name))).isEmpty();
        assertThat(store.find(path("link/a"))).isEmpty();
        assertThat(store.freeBytes()).isPositive();
        for (String taken : List.of(name, "Link", "link/a", name + "/a")) {
          assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(() -> store.stage(path(taken)));
        }
        change(store, name);
      }
    }
  }

  private static void change(FolderStore store, String name) throws Exception {
    replace(store, name, "y", Existence.PRESENT);
    store.makeFolder(path(name + "-folder"));
    store.move(path(name), path(name + "-folder/moved"), Existence.ANY);
    store.remove(path(name + "-folder/moved"), Existence.PRESENT);
    store.remove(path(name + "-folder"), Existence.ANY);
    for (OldVersion old : history(store, name)) {
      store.history().restore(old.path(), old.id(), path(name));
    }
    for (String missing : List.of(name + "/b", "link/a", "missing", "missing/b")) {
      assertThatExceptionOfType(Refusal.Missing.class)
          .isThrownBy(() -> store.remove(path(missing), Existence.ANY));
      assertThatExceptionOfType(Refusal.Missing.class)
          .isThrownBy(() -> store.move(path(missing), path("b"), Existence.ANY));
      assertThatExceptionOfType(Refusal.Changed.class)
          .isThrownBy(() -> store.stage(path(missing), Existence.PRESENT));
      assertThat(history(store, missing)).isEmpty();
    }
    assertThat(store.history().purge(Instant.now().plusSeconds(9))).isPositive();
  }
}
