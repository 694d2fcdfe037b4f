package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.privateshare.store.ChangesContract.history;
import static org.privateshare.store.ChangesContract.replace;
import static org.privateshare.store.StoreContract.content;
import static org.privateshare.store.StoreContract.names;
import static org.privateshare.store.StoreContract.path;
import static org.privateshare.store.StoreContract.put;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.Refusal;

/// How a folder store keeps its history on the disk, and what it makes of what it finds there.
final class FolderHistoryTest {
  /// A name from `docs/storage.md`.
  private static final String ENTRY = ".20260102T030405.678Z-0f1e2d3c4b5a6978";

  @TempDir private Path temp;
  private Path share = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void makeShare() throws IOException {
    share = Files.createDirectory(temp.resolve("share"));
    home = share.resolve(".privateshare/history");
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anOldVersionLiesAtItsPathUnderItsTime() throws Exception {
    try (FolderStore store = FolderStore.open(share)) {
      assertThat(home).doesNotExist();
      put(store, "folder/a", "old");
      replace(store, "folder/a", "new", Existence.ANY);
      OldVersion old = history(store, "").getFirst();
      assertThat(list(home.resolve("folder/a"))).containsExactly("." + old.id());
      assertThat("." + old.id()).matches("\\.[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z-[0-9a-f]{16}");
      assertThat(home.resolve("folder/a/." + old.id())).hasContent("old");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void theDocumentedEntryIsRead() throws Exception {
    Files.createDirectories(home.resolve("folder/a"));
    Files.writeString(home.resolve("folder/a").resolve(ENTRY), "from before");
    try (FolderStore store = FolderStore.open(share)) {
      OldVersion old = history(store, "folder").getFirst();
      assertThat(old.kept()).isEqualTo("2026-01-02T03:04:05.678Z");
      assertThat(old.size()).isEqualTo(11);
      store.history().restore(path("folder/a"), ENTRY.substring(1), path("b"));
      assertThat(content(store, "b")).contains("from before");
    }
  }

  @Test
  void theHistoryOutlivesTheServer() throws Exception {
    try (FolderStore store = FolderStore.open(share)) {
      put(store, "a", "content");
      store.remove(path("a"), Existence.ANY);
    }
    try (FolderStore store = FolderStore.open(share)) {
      String id = history(store, "").getFirst().id();
      store.history().restore(path("a"), id, path("a"));
      assertThat(content(store, "a")).contains("content");
    }
  }

  /// What a server leaves that is killed between the two halves of a replace.
  @Test
  void aHalfMadeEntryIsDroppedAndTheFileStays() throws Exception {
    try (FolderStore store = FolderStore.open(share)) {
      put(store, "folder/a", "current");
      replace(store, "folder/a", "current", Existence.ANY);
      Path half = home.resolve("folder/a").resolve(KeptName.fresh(Instant.now()).entry());
      Files.createLink(half, share.resolve("folder/a"));
      assertThat(history(store, "")).hasSize(2);
      assertThat(store.history().purge(Instant.EPOCH)).isZero();
      assertThat(half).doesNotExist();
      assertThat(history(store, "")).hasSize(1);
      assertThat(share.resolve("folder/a")).hasContent("current");
    }
  }

  @Test
  void anOldVersionThatHasOtherNamesElsewhereStays() throws Exception {
    try (FolderStore store = FolderStore.open(share)) {
      put(store, "a", "old");
      Files.createLink(share.resolve("elsewhere"), share.resolve("a"));
      replace(store, "a", "new", Existence.ANY);
      put(store, "gone/b", "old");
      Files.createLink(share.resolve("elsewhere too"), share.resolve("gone/b"));
      store.remove(path("gone/b"), Existence.ANY);
      store.remove(path("gone"), Existence.ANY);
      assertThat(store.history().purge(Instant.EPOCH)).isZero();
      assertThat(history(store, "")).hasSize(2);
    }
  }

  @Test
  void whatIsNoOldVersionIsNeitherListedNorRestoredNorPurged() throws Exception {
    Path folder = Files.createDirectories(home.resolve("a"));
    Path secret = Files.writeString(temp.resolve("secret"), "secret");
    List<String> strangers =
        List.of(
            "notes.txt",
            ENTRY.substring(1),
            ENTRY + "0",
            ".20260231T030405.678Z-0f1e2d3c4b5a6978",
            ".20260102T030405.678Z-0F1E2D3C4B5A6978");
    for (String name : strangers) {
      Files.writeString(folder.resolve(name), "not ours");
    }
    Files.createSymbolicLink(folder.resolve(ENTRY), secret);
    Files.createSymbolicLink(home.resolve("link"), temp);
    Files.createDirectory(home.resolve(".hidden"));
    try (FolderStore store = FolderStore.open(share)) {
      assertThat(history(store, "")).isEmpty();
      for (String name : strangers) {
        assertThatExceptionOfType(Refusal.Missing.class)
            .isThrownBy(() -> store.history().restore(path("a"), name.substring(1), path("b")));
      }
      assertThatExceptionOfType(Refusal.Missing.class)
          .isThrownBy(() -> store.history().restore(path("a"), ENTRY.substring(1), path("b")));
      assertThat(store.history().purge(Instant.now().plus(Duration.ofDays(1)))).isZero();
      assertThat(names(store, "")).isEmpty();
    }
    assertThat(list(folder)).hasSize(strangers.size() + 1);
    assertThat(list(home)).containsExactly(".hidden", "a", "link");
    assertThat(secret).hasContent("secret");
  }

  @Test
  void aPurgeLeavesNoFoldersBehind() throws Exception {
    try (FolderStore store = FolderStore.open(share)) {
      for (String name : List.of("a", "one/two/b", "one/c")) {
        put(store, name, "x");
        store.remove(path(name), Existence.ANY);
      }
      String id = history(store, "a").getFirst().id();
      store.history().restore(path("a"), id, path("a"));
      assertThat(store.history().purge(Instant.now().plus(Duration.ofDays(1)))).isEqualTo(2);
      assertThat(home).isEmptyDirectory();
      replace(store, "a", "y", Existence.PRESENT);
      assertThat(history(store, "")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLinkInThePlaceOfTheHistoryIsNotFollowed(Way way) throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    try (FolderStore store = way.open(share)) {
      put(store, "folder/a", "old");
      for (Path link : List.of(home, home.resolve("folder"), home.resolve("folder/a"))) {
        Files.createSymbolicLink(link, elsewhere);
        assertThatIOException().isThrownBy(() -> replace(store, "folder/a", "new", Existence.ANY));
        assertThatIOException().isThrownBy(() -> store.remove(path("folder/a"), Existence.ANY));
        assertThat(content(store, "folder/a")).contains("old");
        assertThat(history(store, "")).isEmpty();
        assertThat(store.history().purge(Instant.now())).isZero();
        Files.delete(link);
        Files.createDirectory(link);
      }
      replace(store, "folder/a", "new", Existence.ANY);
    }
    assertThat(elsewhere).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(names = "WALKING", mode = EnumSource.Mode.EXCLUDE)
  void theLongestPathHasAHistoryToo(Way way) throws Exception {
    String longest = "d".repeat(63) + ("/" + "d".repeat(63)).repeat(62) + "/" + "f".repeat(64);
    assertThat(longest).hasSize(4_096);
    try (FolderStore store = way.open(share)) {
      put(store, longest, "old");
      replace(store, longest, "new", Existence.PRESENT);
      assertThat(content(store, longest)).contains("new");
      store.remove(path(longest), Existence.PRESENT);
      assertThat(history(store, "")).hasSize(2);
      String id = history(store, longest).getFirst().id();
      store.history().restore(path(longest), id, path("a"));
      assertThat(store.history().purge(Instant.now().plus(Duration.ofDays(1)))).isEqualTo(1);
      assertThat(home).isEmptyDirectory();
    }
  }

  @Test
  void aLongHistoryIsStreamed() throws Exception {
    Path folder = Files.createDirectories(home.resolve("a"));
    Instant then = Instant.parse("2026-01-02T03:04:05.678Z");
    for (int i = 0; i < 2_000; i++) {
      Files.createFile(folder.resolve(KeptName.fresh(then).entry()));
    }
    try (FolderStore store = FolderStore.open(share);
        OldVersions versions = store.history().list(path("a"))) {
      assertThat(versions.next()).isPresent();
      assertThat(store.history().purge(Instant.now())).isEqualTo(2_000);
      int rest = 0;
      while (versions.next().isPresent()) {
        rest++;
      }
      assertThat(rest).isLessThan(2_000); // what was not read yet was gone before its turn
      assertThat(versions.next()).isEmpty();
    }
  }

  @Test
  void aListingEndsWithItsStore() throws Exception {
    FolderStore store = FolderStore.open(share);
    put(store, "a", "x");
    store.remove(path("a"), Existence.ANY);
    try (OldVersions versions = store.history().list(path("a"))) {
      store.close();
      assertThatIOException().isThrownBy(versions::next).withMessageContaining("closed");
    }
  }

  /// The way without `renameat2`, which this system has.
  @Test
  void aMoveInStepsTakesFreeNamesOnly() throws Exception {
    Path file = Files.writeString(share.resolve("file"), "x");
    Path folder = Files.createDirectory(share.resolve("folder"));
    Files.writeString(folder.resolve("in it"), "y");
    for (Path from : List.of(file, folder)) {
      assertThatExceptionOfType(FileAlreadyExistsException.class)
          .isThrownBy(() -> NameChange.moveInSteps(from, file));
      assertThatExceptionOfType(FileAlreadyExistsException.class)
          .isThrownBy(() -> NameChange.moveInSteps(from, folder));
    }
    NameChange.moveInSteps(file, share.resolve("file2"));
    NameChange.moveInSteps(folder, share.resolve("folder2"));
    assertThat(share.resolve("file2")).hasContent("x");
    assertThat(share.resolve("folder2/in it")).hasContent("y");
    assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(folder).doesNotExist();
  }

  @Test
  void removingAFolderRemovesNothingElse() throws Exception {
    Path file = Files.writeString(share.resolve("file"), "x");
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> NameChange.removeFolder(file));
    assertThat(file).hasContent("x");
  }
}
