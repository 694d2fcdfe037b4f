package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;
import org.privateshare.model.Entry;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Precondition;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What every [Store] owes when names that are there change, on top of the rest of the contract.
abstract class ChangesContract extends StoreContract {
  private static final Precondition WRONG = Precondition.Version.of("no-such-version");

  static void replace(Store store, String path, String content, Precondition must)
      throws Refusal, IOException {
    try (StagedFile staged = store.stage(path(path), must)) {
      staged.write(ByteBuffer.wrap(bytes(content)), 0);
      staged.publish();
    }
  }

  static List<OldVersion> history(Store store, String path) throws Refusal, IOException {
    List<OldVersion> all = new ArrayList<>();
    try (OldVersions versions = store.history().list(path(path))) {
      for (var next = versions.next(); next.isPresent(); next = versions.next()) {
        all.add(next.get());
      }
    }
    return all;
  }

  /// The contents of all old versions of a file, each restored aside and put back by removing it.
  private List<String> kept(String path) throws Refusal, IOException {
    List<String> contents = new ArrayList<>();
    for (OldVersion old : history(store(), path)) {
      store().history().restore(old.path(), old.id(), path("aside"));
      contents.add(content(store(), "aside").orElseThrow());
      store().remove(path("aside"), Existence.ANY);
    }
    return contents;
  }

  private <T extends Refusal> void assertRefused(Class<T> kind, ThrowingCallable call) {
    assertThatExceptionOfType(kind).isThrownBy(call);
  }

  // folders

  @Test
  void aFolderIsMadeInOneThatIsThere() throws Exception {
    store().makeFolder(path("new"));
    store().makeFolder(path("new/deeper"));
    assertThat(store().find(path("new/deeper"))).get().isInstanceOf(Entry.Folder.class);
    put(store(), "new/deeper/a", "x");
    assertThat(names(store(), "new")).containsExactly("deeper");
  }

  @Test
  void aFolderIsNotMadeWhereSomethingIs() throws Exception {
    put(store(), "file", "x");
    store().makeFolder(path("folder"));
    for (String name : List.of("", "file", "folder", "Folder", "FILE", "file/below")) {
      assertRefused(Refusal.Taken.class, () -> store().makeFolder(path(name)));
    }
    assertThat(names(store(), "")).containsExactly("file", "folder");
  }

  @Test
  void aFolderIsNotMadeInOneThatIsMissing() throws Exception {
    assertRefused(Refusal.Missing.class, () -> store().makeFolder(path("missing/new")));
    assertThat(names(store(), "")).isEmpty();
  }

  // remove

  @Test
  void aRemovedFileIsInTheHistory() throws Exception {
    put(store(), "folder/a", "content");
    Instant before = Instant.now().minusMillis(1);
    store().remove(path("folder/a"), Existence.ANY);
    assertThat(store().find(path("folder/a"))).isEmpty();
    assertThat(names(store(), "folder")).isEmpty();
    OldVersion old = history(store(), "").getFirst();
    assertThat(old.path()).isEqualTo(path("folder/a"));
    assertThat(old.size()).isEqualTo(7);
    assertThat(old.kept()).isBetween(before, Instant.now());
    assertThat(kept("folder/a")).containsExactly("content");
  }

  @Test
  void theNameOfARemovedFileIsFreeAlsoForItsTwin() throws Exception {
    put(store(), "photo", "1");
    store().remove(path("photo"), Existence.ANY);
    put(store(), "Photo", "2");
    store().remove(path("Photo"), Existence.PRESENT);
    put(store(), "photo", "3");
    assertThat(content(store(), "photo")).contains("3");
    assertThat(history(store(), "photo")).hasSize(1);
    assertThat(history(store(), "Photo")).hasSize(1);
  }

  @Test
  void anEmptyFolderIsRemovedForGood() throws Exception {
    store().makeFolder(path("folder"));
    store().remove(path("folder"), Existence.ANY);
    assertThat(store().find(path("folder"))).isEmpty();
    assertThat(history(store(), "")).isEmpty();
    put(store(), "folder", "a file now");
  }

  @Test
  void aFolderThatHoldsSomethingStays() throws Exception {
    put(store(), "folder/a", "x");
    makeFolderPast("secret");
    putPast("secret/.hidden", bytes("x"));
    for (String name : List.of("folder", "secret", "")) {
      assertRefused(Refusal.NotEmpty.class, () -> store().remove(path(name), Existence.ANY));
    }
    assertThat(content(store(), "folder/a")).contains("x");
  }

  @Test
  void whatIsMissingIsNotRemoved() throws Exception {
    put(store(), "a", "x");
    for (String name : List.of("b", "b/c", "a/c")) {
      assertRefused(Refusal.Missing.class, () -> store().remove(path(name), Existence.ANY));
      assertRefused(Refusal.Changed.class, () -> store().remove(path(name), Existence.PRESENT));
    }
  }

  @Test
  void onlyTheVersionAskedForIsRemoved() throws Exception {
    put(store(), "a", "x");
    String version = version("a");
    assertRefused(Refusal.Changed.class, () -> store().remove(path("a"), WRONG));
    putPast("a", bytes("y"));
    Precondition old = Precondition.Version.of(version);
    assertRefused(Refusal.Changed.class, () -> store().remove(path("a"), old));
    assertThat(content(store(), "a")).contains("y");
    store().remove(path("a"), Precondition.Version.of(version("a")));
    assertThat(kept("a")).containsExactly("y");
  }

  // move

  @Test
  void aFileMovesWithItsContent() throws Exception {
    put(store(), "from/a", "content");
    store().makeFolder(path("to"));
    store().move(path("from/a"), path("to/b"), Existence.ANY);
    assertThat(content(store(), "to/b")).contains("content");
    assertThat(names(store(), "from")).isEmpty();
    assertThat(history(store(), "")).isEmpty();
  }

  @Test
  void aFolderMovesWithAllInIt() throws Exception {
    put(store(), "from/deep/a", "content");
    put(store(), "fromage", "no part of it");
    store().move(path("from"), path("to"), Existence.ANY);
    assertThat(content(store(), "to/deep/a")).contains("content");
    assertThat(names(store(), "")).containsExactly("fromage", "to");
    put(store(), "to/deep/b", "goes on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "FILE", "folder", "Folder", "a", "", "file/below"})
  void nothingMovesOntoWhatIsThere(String taken) throws Exception {
    put(store(), "a", "content");
    put(store(), "file", "stays");
    store().makeFolder(path("folder"));
    assertRefused(Refusal.Taken.class, () -> store().move(path("a"), path(taken), Existence.ANY));
    if (!taken.equalsIgnoreCase("folder")) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> store().move(path("folder"), path(taken), Existence.ANY));
    }
    assertThat(content(store(), "a")).contains("content");
    assertThat(content(store(), "file")).contains("stays");
    assertThat(names(store(), "")).containsExactly("a", "file", "folder");
  }

  @Test
  void aNameMayBecomeItsOwnTwin() throws Exception {
    put(store(), "photo", "x");
    put(store(), "sub/other", "x");
    store().move(path("photo"), path("Photo"), Existence.ANY);
    store().move(path("sub"), path("SUB"), Existence.ANY);
    assertThat(names(store(), "")).containsExactly("Photo", "SUB");
    assertRefused(
        Refusal.Taken.class, () -> store().move(path("SUB/other"), path("photo"), Existence.ANY));
  }

  @Test
  void whatIsMissingDoesNotMove() throws Exception {
    put(store(), "a", "x");
    assertRefused(Refusal.Missing.class, () -> store().move(path("b"), path("c"), Existence.ANY));
    assertRefused(Refusal.Missing.class, () -> store().move(path("b/c"), path("c"), Existence.ANY));
    assertRefused(
        Refusal.Missing.class, () -> store().move(path("a"), path("missing/a"), Existence.ANY));
    assertThat(names(store(), "")).containsExactly("a");
  }

  @Test
  void nothingMovesIntoItself() throws Exception {
    put(store(), "folder/a", "x");
    store().makeFolder(path("folder/sub"));
    for (String inside : List.of("folder/b", "folder/sub/b", "folder/a/b")) {
      assertRefused(
          Refusal.BadName.class, () -> store().move(path("folder"), path(inside), Existence.ANY));
    }
    assertRefused(
        Refusal.BadName.class, () -> store().move(SharePath.ROOT, path("b"), Existence.ANY));
    assertThat(names(store(), "folder")).containsExactly("a", "sub");
  }

  @Test
  void onlyTheVersionAskedForMoves() throws Exception {
    put(store(), "a", "x");
    assertRefused(Refusal.Changed.class, () -> store().move(path("a"), path("b"), WRONG));
    store().move(path("a"), path("b"), Precondition.Version.of(version("a")));
    assertThat(names(store(), "")).containsExactly("b");
  }

  @Test
  void ofManyMovesToOneNameExactlyOneWinsAndNothingIsLost() throws Exception {
    List<Callable<Object>> moves = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "from" + i;
      put(store(), name, name);
      moves.add(() -> moved(name, "to"));
    }
    List<Object> results = atOnce(moves);
    assertThat(results).filteredOn(String.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Refusal.Taken.class::isInstance).hasSize(19);
    String winner = content(store(), "to").orElseThrow();
    assertThat(results).contains(winner);
    assertThat(names(store(), "")).hasSize(20).doesNotContain(winner);
  }

  @Test
  void ofManyMovesOfOneFileExactlyOneWins() throws Exception {
    put(store(), "from", "x");
    List<Callable<Object>> moves = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "to" + i;
      moves.add(() -> moved("from", name));
    }
    List<Object> results = atOnce(moves);
    assertThat(results).filteredOn(String.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Refusal.Missing.class::isInstance).hasSize(19);
    assertThat(names(store(), "")).hasSize(1);
  }

  private Object moved(String from, String to) throws Refusal, IOException {
    store().move(path(from), path(to), Existence.ANY);
    return from;
  }

  // replace

  @Test
  void aReplacedFileIsInTheHistory() throws Exception {
    put(store(), "folder/a", "old");
    replace(store(), "folder/a", "new", Existence.PRESENT);
    assertThat(content(store(), "folder/a")).contains("new");
    assertThat(names(store(), "folder")).containsExactly("a");
    assertThat(kept("folder/a")).containsExactly("old");
  }

  @Test
  void aReaderOfTheOldVersionKeepsIt() throws Exception {
    put(store(), "a", "old");
    try (StoredFile old = store().open(path("a")).orElseThrow()) {
      replace(store(), "a", "new", Existence.ANY);
      store().remove(path("a"), Existence.ANY);
      assertThat(store().history().purge(Instant.now().plus(Duration.ofDays(1)))).isEqualTo(2);
      assertThat(content(old)).isEqualTo("old");
    }
  }

  @Test
  void theVersionThatWasPublishedIsToldAndWhetherItReplacedAnother() throws Exception {
    for (Existence must : List.of(Existence.ABSENT, Existence.PRESENT, Existence.ANY)) {
      try (StagedFile staged = store().stage(path("a"), must)) {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(staged::version);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(staged::replaced);
        staged.publish();
        assertThat(staged.version()).isEqualTo(version("a"));
        assertThat(staged.replaced()).isEqualTo(must != Existence.ABSENT);
      }
    }
  }

  @Test
  void replacingWhatIsNotThereMakesItWhereThatWillDo() throws Exception {
    replace(store(), "folder/a", "new", Existence.ANY);
    assertThat(content(store(), "folder/a")).contains("new");
    assertThat(history(store(), "")).isEmpty();
    for (Precondition must : List.of(Existence.PRESENT, WRONG)) {
      assertRefused(Refusal.Changed.class, () -> replace(store(), "other/b", "new", must));
    }
    assertThat(names(store(), "")).containsExactly("folder");
  }

  @Test
  void onlyTheVersionAskedForIsReplaced() throws Exception {
    put(store(), "a", "first");
    assertRefused(Refusal.Changed.class, () -> replace(store(), "a", "new", WRONG));
    Precondition first = Precondition.Version.of(version("a"));
    try (StagedFile late = store().stage(path("a"), first)) {
      putPast("a", bytes("second"));
      assertThatExceptionOfType(Refusal.Changed.class).isThrownBy(late::publish);
    }
    assertThat(content(store(), "a")).contains("second");
    assertThat(history(store(), "")).isEmpty();
    replace(store(), "a", "third", Precondition.Version.of(version("a")));
    assertThat(content(store(), "a")).contains("third");
  }

  @Test
  void whatVanishedMeanwhileIsNotReplaced() throws Exception {
    put(store(), "folder/a", "x");
    try (StagedFile late = store().stage(path("folder/a"), Existence.PRESENT)) {
      removePast("folder/a");
      removePast("folder");
      assertThatExceptionOfType(Refusal.Changed.class).isThrownBy(late::publish);
    }
    assertThat(names(store(), "")).isEmpty();
  }

  @Test
  void aFolderIsNotReplacedAndATwinNeither() throws Exception {
    put(store(), "folder/a", "x");
    for (String name : List.of("folder", "Folder", "folder/A", "folder/a/b", "")) {
      assertRefused(Refusal.Taken.class, () -> replace(store(), name, "new", Existence.ANY));
    }
    try (StagedFile late = store().stage(path("late"), Existence.ANY)) {
      makeFolderPast("late");
      assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(late::publish);
    }
    assertThat(content(store(), "folder/a")).contains("x");
  }

  /// Of fifty who start from one version one is published, or an update would be lost.
  @Test
  void ofFiftyReplacesOfOneVersionExactlyOneWins() throws Exception {
    put(store(), "folder/a", "old");
    Precondition old = Precondition.Version.of(version("folder/a"));
    List<Callable<Object>> replaces = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String mine = "content of " + i;
      replaces.add(
          () -> {
            replace(store(), "folder/a", mine, old);
            return mine;
          });
    }
    List<Object> results = atOnce(replaces);
    assertThat(results).filteredOn(String.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Refusal.Changed.class::isInstance).hasSize(49);
    assertThat(results).contains(content(store(), "folder/a").orElseThrow());
    assertThat(kept("folder/a")).containsExactly("old");
  }

  /// A counter in a file, that many increment at once, each again until it was its turn.
  @Test
  void noUpdateIsLost() throws Exception {
    put(store(), "counter", "0");
    List<Callable<Object>> counters = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      counters.add(
          () -> {
            for (int done = 0; done < 4; ) {
              done += increment("counter") ? 1 : 0;
            }
            return "counted";
          });
    }
    assertThat(atOnce(counters)).containsOnly("counted");
    assertThat(content(store(), "counter")).contains("24");
    assertThat(history(store(), "counter")).hasSize(24);
  }

  private boolean increment(String name) throws Refusal, IOException {
    try (StoredFile file = store().open(path(name)).orElseThrow()) {
      String next = String.valueOf(Integer.parseInt(content(file)) + 1);
      replace(store(), name, next, Precondition.Version.of(file.version()));
      return true;
    } catch (Refusal.Changed e) {
      return false;
    }
  }

  @Test
  void aReaderAlwaysFindsAWholeFileWhileItIsReplaced() throws Exception {
    put(store(), "a", "0".repeat(1_000));
    AtomicInteger writing = new AtomicInteger(2);
    List<Callable<Object>> tasks = new ArrayList<>();
    for (String digit : List.of("1", "2")) {
      tasks.add(
          () -> {
            try {
              for (int i = 0; i < 20; i++) {
                replace(store(), "a", digit.repeat(1_000), Existence.ANY);
              }
            } finally {
              writing.decrementAndGet();
            }
            return "fine";
          });
    }
    for (int i = 0; i < 2; i++) {
      tasks.add(
          () -> {
            while (writing.get() > 0) {
              assertThat(content(store(), "a").orElseThrow()).matches("([012])\\1{999}");
              assertThat(names(store(), "")).containsExactly("a");
            }
            return "fine";
          });
    }
    assertThat(atOnce(tasks)).containsOnly("fine");
    assertThat(history(store(), "a")).hasSize(40);
  }

  /// Whatever happens at once to one name, each content is in exactly one place in the end.
  @Test
  void nothingIsLostWhilePutsReplacesMovesAndRemovesRace() throws Exception {
    List<Callable<Object>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String mine = "content " + i;
      tasks.add(() -> tried(() -> put(store(), "a", mine), mine));
      tasks.add(() -> tried(() -> replace(store(), "a", "r" + mine, Existence.ANY), "r" + mine));
      tasks.add(() -> tried(() -> store().remove(path("a"), Existence.ANY), ""));
      tasks.add(() -> tried(() -> store().move(path("a"), path("b"), Existence.ANY), ""));
    }
    List<Object> published = new ArrayList<>(atOnce(tasks));
    published.removeIf(result -> result.equals(""));
    List<String> found = new ArrayList<>();
    content(store(), "a").ifPresent(found::add);
    content(store(), "b").ifPresent(found::add);
    found.addAll(kept("a"));
    assertThat(found).isEqualTo(found.stream().distinct().toList());
    assertThat(found).hasSameElementsAs(published.stream().map(String.class::cast).toList());
  }

  private interface Attempt {
    void run() throws Refusal, IOException;
  }

  private static String tried(Attempt attempt, String result) throws IOException {
    try {
      attempt.run();
      return result;
    } catch (Refusal e) {
      return "";
    }
  }

  // history

  @Test
  void theHistoryOfAPathIsThatOfAllBelow() throws Exception {
    for (String name : List.of("a", "ab", "a-folder/x", "a-folder/deep/y")) {
      put(store(), name, name);
      store().remove(path(name), Existence.ANY);
    }
    put(store(), "a", "again");
    replace(store(), "a", "and again", Existence.PRESENT);
    assertThat(history(store(), "")).hasSize(5);
    assertThat(history(store(), "a")).hasSize(2).allMatch(old -> old.path().name().equals("a"));
    assertThat(history(store(), "a-folder"))
        .extracting(old -> old.path().toString())
        .containsExactlyInAnyOrder("a-folder/x", "a-folder/deep/y");
    assertThat(history(store(), "nothing")).isEmpty();
    assertThat(history(store(), "")).extracting(OldVersion::id).doesNotHaveDuplicates();
  }

  @Test
  void aNameWasAFileAndAFolderAndBothHaveAHistory() throws Exception {
    put(store(), "a", "file");
    store().remove(path("a"), Existence.ANY);
    put(store(), "a/b", "below");
    store().remove(path("a/b"), Existence.ANY);
    store().remove(path("a"), Existence.ANY);
    put(store(), "a", "file again");
    store().remove(path("a"), Existence.ANY);
    assertThat(kept("a/b")).containsExactly("below");
    assertThat(history(store(), "a")).hasSize(2);
  }

  @Test
  void anOldVersionComesBackToItsPlace() throws Exception {
    put(store(), "folder/a", "content");
    store().remove(path("folder/a"), Existence.ANY);
    store().remove(path("folder"), Existence.ANY);
    String id = history(store(), "folder/a").getFirst().id();
    store().history().restore(path("folder/a"), id, path("folder/a"));
    assertThat(content(store(), "folder/a")).contains("content");
    assertThat(history(store(), "")).isEmpty();
  }

  @Test
  void anOldVersionComesBackToAFreeNameOnly() throws Exception {
    put(store(), "a", "old");
    replace(store(), "a", "new", Existence.PRESENT);
    put(store(), "sub/b", "x");
    OldVersion old = history(store(), "").getFirst();
    for (String taken : List.of("a", "A", "", "sub", "a/below")) {
      assertRefused(
          Refusal.Taken.class, () -> store().history().restore(old.path(), old.id(), path(taken)));
    }
    assertThat(content(store(), "a")).contains("new");
    assertThat(history(store(), "")).containsExactly(old);
    store().history().restore(old.path(), old.id(), path("sub/a"));
    assertThat(content(store(), "sub/a")).contains("old");
  }

  @Test
  void whatTheHistoryDoesNotHoldIsMissing() throws Exception {
    put(store(), "a", "x");
    store().remove(path("a"), Existence.ANY);
    String id = history(store(), "a").getFirst().id();
    String other = id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
    for (String wrong : List.of("", "a", "..", "../a", "." + id, id + "/", other)) {
      assertRefused(
          Refusal.Missing.class, () -> store().history().restore(path("a"), wrong, path("a")));
    }
    assertRefused(Refusal.Missing.class, () -> store().history().restore(path("b"), id, path("b")));
    assertThat(names(store(), "")).isEmpty();
  }

  @Test
  void ofManyRestoresOfOneVersionExactlyOneWins() throws Exception {
    put(store(), "a", "x");
    store().remove(path("a"), Existence.ANY);
    String id = history(store(), "a").getFirst().id();
    List<Callable<Object>> restores = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      SharePath to = path("to" + i);
      restores.add(
          () -> {
            store().history().restore(path("a"), id, to);
            return "won";
          });
    }
    List<Object> results = atOnce(restores);
    assertThat(results).filteredOn("won"::equals).hasSize(1);
    assertThat(results).filteredOn(Refusal.Missing.class::isInstance).hasSize(9);
    assertThat(names(store(), "")).hasSize(1);
  }

  @Test
  void whatIsOldEnoughIsPurgedAndNothingElse() throws Exception {
    put(store(), "folder/a", "1");
    replace(store(), "folder/a", "2", Existence.PRESENT);
    Instant kept = history(store(), "").getFirst().kept();
    assertThat(store().history().purge(kept)).isZero();
    assertThat(history(store(), "")).hasSize(1);
    assertThat(store().history().purge(kept.plusMillis(1))).isEqualTo(1);
    assertThat(store().history().purge(kept.plusMillis(1))).isZero();
    assertThat(history(store(), "")).isEmpty();
    assertThat(content(store(), "folder/a")).contains("2");
    store().remove(path("folder/a"), Existence.ANY);
    assertThat(history(store(), "folder/a")).hasSize(1);
  }

  @Test
  void purgingAndKeepingAtOnceLosesNothing() throws Exception {
    put(store(), "deep/er/a", "0");
    AtomicInteger writing = new AtomicInteger(1);
    List<Callable<Object>> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          try {
            for (int i = 1; i <= 20; i++) {
              replace(store(), "deep/er/a", "" + i, Existence.PRESENT);
            }
          } finally {
            writing.decrementAndGet();
          }
          return 0L;
        });
    tasks.add(
        () -> {
          long purged = 0;
          while (writing.get() > 0) {
            purged += store().history().purge(Instant.now().plus(Duration.ofDays(1)));
          }
          return purged;
        });
    List<Object> results = atOnce(tasks);
    assertThat(results).hasOnlyElementsOfType(Long.class);
    assertThat((long) results.getLast() + history(store(), "").size()).isEqualTo(20);
  }

  // sums

  @Test
  void aKeptSumIsToldForAsLongAsTheFileIsTheSame() throws Exception {
    Digest sum = Digest.crc32c(0xe3069283L);
    try (StagedFile staged = store().stage(path("a"))) {
      staged.write(ByteBuffer.wrap(bytes("123456789")), 0);
      staged.keep(sum);
      staged.publish();
    }
    assumeThat(digest("a")).as("this medium keeps sums").isPresent();
    assertThat(digest("a")).contains(sum);
    store().move(path("a"), path("b"), Existence.ANY);
    assertThat(digest("b")).contains(sum);
    cutPast("b", 8);
    assertThat(digest("b")).isEmpty();
    putPast("b", bytes("987654321"));
    assertThat(digest("b")).isEmpty();
  }

  @Test
  void aFileWithoutAKeptSumHasNone() throws Exception {
    put(store(), "a", "123456789");
    assertThat(digest("a")).isEmpty();
  }

  private Optional<Digest> digest(String name) throws Refusal, IOException {
    try (StoredFile file = store().open(path(name)).orElseThrow()) {
      return file.digest();
    }
  }
}
