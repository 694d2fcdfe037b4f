package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.privateshare.store.StoreContract.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

final class TwinIndexTest {
  @TempDir private Path temp;
  private final TwinIndex index = new TwinIndex(100);

  private Held hold(String... segments) throws IOException {
    return new WalkingContainment(temp).hold(List.of(segments)).orElseThrow();
  }

  private void claim(TwinIndex index, Held folder, String name) throws Refusal, IOException {
    index.claim(folder, path(name), () -> Files.createFile(folder.child(name)));
  }

  @Test
  void manyClaimsInOneFolderReadItOnce() throws Exception {
    TwinIndex large = new TwinIndex();
    try (Held root = hold()) {
      for (int i = 0; i < 2_000; i++) {
        claim(large, root, "file " + i);
      }
      assertThatExceptionOfType(Refusal.Taken.class)
          .isThrownBy(() -> claim(large, root, "FILE 1234"))
          .withMessageContaining("file 1234");
    }
    // Once for the first claim and once to see which twin it is; a third time if hashes collide.
    assertThat(large.readings()).isBetween(2L, 3L);
    assertThat(large.kept()).isEqualTo(2_000);
  }

  @Test
  void whatIsFreeIsFoundWithOneReading() throws Exception {
    Files.createFile(temp.resolve("a"));
    try (Held root = hold()) {
      List<SharePath> names = List.of(path("b"), path("A"), path("a"), path("c"));
      assertThat(index.free(root, names)).containsExactly(path("b"), path("c"));
      claim(index, root, "b");
      assertThat(index.free(root, List.of(path("c"), path("B")))).containsExactly(path("c"));
      assertThat(index.readings()).isEqualTo(1);
      Files.createFile(temp.resolve("C"));
      assertThat(index.free(root, List.of(path("d"), path("c")))).containsExactly(path("d"));
      assertThat(index.free(root, List.of(path("a"), path("d")))).containsExactly(path("d"));
      assertThat(index.readings()).isEqualTo(2);
    }
  }

  @Test
  void ofALargeFolderNoNameIsCalledFree() throws Exception {
    for (int i = 0; i < 101; i++) {
      Files.createFile(temp.resolve("file " + i));
    }
    try (Held root = hold()) {
      assertThat(index.free(root, List.of(path("a")))).isEmpty();
      assertThat(index.kept()).isZero();
      Files.delete(temp.resolve("file 1"));
      assertThat(index.free(root, List.of(path("a")))).containsExactly(path("a"));
    }
  }

  @Test
  void whatAnotherProgramChangedIsReadAgain() throws Exception {
    try (Held root = hold()) {
      claim(index, root, "a");
      Files.createFile(temp.resolve("Theirs"));
      assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(() -> claim(index, root, "theirs"));
      Files.delete(temp.resolve("Theirs"));
      claim(index, root, "theirs");
    }
  }

  /// The second claim is made to come exactly between the first one's look and its making.
  @Test
  void nobodyTakesATwinBetweenTheLookAndTheMaking() throws Exception {
    try (Held root = hold()) {
      FutureTask<Object> second =
          new FutureTask<>(
              () -> {
                claim(index, root, "NAME");
                return "taken";
              });
      Thread thread = Thread.ofPlatform().unstarted(second);
      index.claim(
          root,
          path("name"),
          () -> {
            thread.start();
            while (!second.isDone() && thread.getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
            Files.createFile(root.child("name"));
          });
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(second::get)
          .withCauseInstanceOf(Refusal.Taken.class);
    }
    assertThat(temp.resolve("name")).exists();
    assertThat(temp.resolve("NAME")).doesNotExist();
  }

  @Test
  void whatCouldNotBeMadeIsNotTaken() throws Exception {
    try (Held root = hold()) {
      assertThatIOException()
          .isThrownBy(
              () ->
                  index.claim(
                      root,
                      path("Name"),
                      () -> {
                        throw new IOException("injected");
                      }));
      claim(index, root, "name");
    }
  }

  @Test
  void itForgetsTheFolderUsedLongestAgoBeforeItGrowsTooLarge() throws Exception {
    for (String name : List.of("one", "two", "three")) {
      Files.createDirectory(temp.resolve(name));
      try (Held folder = hold(name)) {
        for (int i = 0; i < 60; i++) {
          claim(index, folder, "file " + i);
          assertThat(index.kept()).isLessThanOrEqualTo(100);
        }
      }
    }
    assertThat(index.kept()).isEqualTo(60);
    try (Held folder = hold("one")) {
      assertThatExceptionOfType(Refusal.Taken.class)
          .isThrownBy(() -> claim(index, folder, "FILE 7"));
    }
  }

  @Test
  void aFolderThatIsTooLargeToKeepIsReadEachTime() throws Exception {
    try (Held root = hold()) {
      for (int i = 0; i < 150; i++) {
        claim(index, root, "file " + i);
      }
      assertThat(index.kept()).isZero();
      assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(() -> claim(index, root, "FILE 7"));
    }
  }

  @Test
  void hashesFindWhatWasAddedAndHardlyAnythingElse() {
    NameHashes hashes = new NameHashes(new Random().nextInt());
    for (int i = 0; i < 100_000; i++) {
      hashes.add("name " + i);
    }
    assertThat(hashes.size()).isBetween(99_980, 100_000);
    assertThat(IntStream.range(0, 100_000).allMatch(i -> hashes.mayContain("name " + i))).isTrue();
    // Each of the 100,000 strangers has a chance of 100,000 in 2^32: two or three in all.
    assertThat(IntStream.range(0, 100_000).filter(i -> hashes.mayContain("other " + i)).count())
        .isLessThan(30);
  }

  /// The vectors of `docs/storage.md`.
  @ParameterizedTest
  @CsvSource({
    "apple.jpg, APPLE.JPG, true",
    "café, cafe\u0301, true",
    "straße, STRASSE, true",
    "ΣΊΣΥΦΟΣ, σίσυφος, true",
    "273\u212a, 273k, true",
    "\u1e9e, ss, true",
    "i, ı, true",
    "i\u0307, İ, true",
    "ﬁ, fi, true",
    "ａ, a, false",
    "x², x2, false",
    "o, ö, false",
    "a b, ab, false"
  })
  void twinsHaveOneFold(String one, String other, boolean twins) {
    assertThat(NameFold.fold(one).equals(NameFold.fold(other))).isEqualTo(twins);
  }

  @Test
  void everyLetterHasTheFoldOfItsOtherCasesAndForms() {
    List<String> wrong =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(Character::isDefined)
            .filter(point -> Character.getType(point) != Character.SURROGATE)
            .mapToObj(point -> "x" + Character.toString(point) + "y")
            .filter(letter -> !foldsLikeItsVariants(letter))
            .toList();
    assertThat(wrong).isEmpty();
  }

  private static boolean foldsLikeItsVariants(String name) {
    String fold = NameFold.fold(name);
    return NameFold.fold(fold).equals(fold)
        && NameFold.fold(name.toUpperCase(Locale.ROOT)).equals(fold)
        && NameFold.fold(name.toLowerCase(Locale.ROOT)).equals(fold)
        && NameFold.fold(Normalizer.normalize(name, Normalizer.Form.NFC)).equals(fold);
  }
}
