package org.privateshare.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateshare.model.Entry;
import org.privateshare.model.EntryName;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What every [Store] owes, each obligation a test. A subclass brings a fresh store and plays the
/// other program that also writes to the medium.
abstract class StoreContract {
  private Store store;

  abstract Store open() throws IOException;

  /// Puts a file there past the store, over whatever file has the name, in the way of `mv`.
  abstract void putPast(String path, byte[] bytes) throws IOException;

  abstract void makeFolderPast(String path) throws IOException;

  abstract void removePast(String path) throws IOException;

  abstract void cutPast(String path, int length) throws IOException;

  @BeforeEach
  final void openStore() throws IOException {
    store = open();
  }

  @AfterEach
  final void closeStore() throws IOException {
    store.close();
  }

  final Store store() {
    return store;
  }

  static SharePath path(String text) throws Refusal.BadName {
    return SharePath.parse(text);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static void put(Store store, String path, String content) throws Refusal, IOException {
    try (StagedFile staged = store.stage(path(path))) {
      staged.write(ByteBuffer.wrap(bytes(content)), 0);
      staged.publish();
    }
  }

  static String content(StoredFile file) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
    while (all.hasRemaining() && file.read(all, all.position()) > 0) {}
    return new String(all.array(), 0, all.position(), UTF_8);
  }

  static Optional<String> content(Store store, String path) throws Refusal, IOException {
    Optional<StoredFile> file = store.open(path(path));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (StoredFile opened = file.get()) {
      return Optional.of(content(opened));
    }
  }

  static List<Entry> entries(Store store, String folder) throws Refusal, IOException {
    List<Entry> all = new ArrayList<>();
    try (Listing listing = store.list(path(folder)).orElseThrow()) {
      for (Optional<Entry> e = listing.next(); e.isPresent(); e = listing.next()) {
        all.add(e.get());
      }
    }
    return all;
  }

  static List<String> names(Store store, String folder) throws Refusal, IOException {
    return entries(store, folder).stream().map(Entry::name).sorted().toList();
  }

  /// Runs all tasks at the same moment and returns what became of each: a value or a failure.
  static List<Object> atOnce(List<Callable<Object>> tasks) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    List<Future<Object>> running = new ArrayList<>();
    List<Object> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Callable<Object> task : tasks) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    return task.call();
                  } catch (Refusal | IOException e) {
                    return e;
                  }
                }));
      }
      for (Future<Object> each : running) {
        results.add(each.get());
      }
    }
    return results;
  }

  // find

  @Test
  void theRootIsAFolderWithTheEmptyName() throws Exception {
    assertThat(store.find(SharePath.ROOT)).get().isInstanceOf(Entry.Folder.class);
    assertThat(store.find(SharePath.ROOT).orElseThrow().name()).isEmpty();
    assertThat(entries(store, "")).isEmpty();
  }

  @Test
  void aFileIsFoundWithItsNameSizeAndTime() throws Exception {
    Instant before = Instant.now().minus(Duration.ofSeconds(2));
    put(store, "folder/käse.txt", "12345");
    Entry.File found = (Entry.File) store.find(path("folder/käse.txt")).orElseThrow();
    assertThat(found.name()).isEqualTo("käse.txt");
    assertThat(found.size()).isEqualTo(5);
    assertThat(found.modified()).isBetween(before, Instant.now().plus(Duration.ofSeconds(2)));
    assertThat(store.find(path("folder"))).get().isInstanceOf(Entry.Folder.class);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    put(store, "file", "x");
    for (String name : List.of("other", "other/file", "file/below", "file/far/below")) {
      assertThat(store.find(path(name))).as(name).isEmpty();
      assertThat(store.open(path(name))).as(name).isEmpty();
      assertThat(store.list(path(name))).as(name).isEmpty();
    }
  }

  @Test
  void whatAnotherProgramDidIsThereAtTheNextCall() throws Exception {
    assertThat(store.find(path("a"))).isEmpty();
    putPast("a", bytes("by another"));
    assertThat(content(store, "a")).contains("by another");
    assertThat(names(store, "")).containsExactly("a");
    removePast("a");
    assertThat(store.find(path("a"))).isEmpty();
    put(store, "a", "by us");
    assertThat(content(store, "a")).contains("by us");
  }

  // open

  @Test
  void aFileIsReadFromAnyPosition() throws Exception {
    put(store, "a", "0123456789");
    try (StoredFile file = store.open(path("a")).orElseThrow()) {
      assertThat(file.size()).isEqualTo(10);
      assertThat(content(file)).isEqualTo("0123456789");
      ByteBuffer one = ByteBuffer.allocate(1);
      assertThat(file.read(one, 7)).isEqualTo(1);
      assertThat(one.get(0)).isEqualTo((byte) '7');
      assertThat(file.read(ByteBuffer.allocate(5), 10)).isEqualTo(-1);
      assertThat(file.read(ByteBuffer.allocate(5), 1L << 40)).isEqualTo(-1);
    }
  }

  @Test
  void aFileIsTransferredFromAnyPosition() throws Exception {
    put(store, "a", "0123456789");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (StoredFile file = store.open(path("a")).orElseThrow()) {
      long position = 3;
      while (position < 8) {
        position += file.transferTo(position, 8 - position, Channels.newChannel(out));
      }
      assertThat(out.toString(UTF_8)).isEqualTo("34567");
      assertThat(file.transferTo(10, 5, Channels.newChannel(out))).isZero();
    }
  }

  @Test
  void aFolderIsNoFile() throws Exception {
    makeFolderPast("folder");
    assertThat(store.open(path("folder"))).isEmpty();
    assertThat(store.open(SharePath.ROOT)).isEmpty();
  }

  @Test
  void anOpenFileStaysTheVersionThatWasOpened() throws Exception {
    put(store, "a", "the old one");
    try (StoredFile old = store.open(path("a")).orElseThrow()) {
      String version = old.version();
      putPast("a", bytes("the new content"));
      assertThat(content(old)).isEqualTo("the old one");
      assertThat(old.version()).isEqualTo(version);
      removePast("a");
      assertThat(content(old)).isEqualTo("the old one");
    }
  }

  @Test
  void theVersionNamesTheContent() throws Exception {
    put(store, "a", "one");
    String first = version("a");
    assertThat(first).matches("[\\x21\\x23-\\x7e]{1,100}").isEqualTo(version("a"));
    putPast("a", bytes("two"));
    assertThat(version("a")).isNotEqualTo(first);
    put(store, "b", "two");
    assertThat(version("b")).isNotEqualTo(version("a"));
  }

  final String version(String name) throws Refusal, IOException {
    try (StoredFile file = store.open(path(name)).orElseThrow()) {
      return file.version();
    }
  }

  @Test
  void aFileThatIsCutWhileItIsOpenEndsBeforeItsSize() throws Exception {
    put(store, "a", "0123456789");
    try (StoredFile file = store.open(path("a")).orElseThrow()) {
      cutPast("a", 4);
      assertThat(file.size()).isEqualTo(10);
      assertThat(content(file)).isEqualTo("0123");
      assertThat(file.read(ByteBuffer.allocate(1), 4)).isEqualTo(-1);
      assertThat(file.transferTo(4, 6, Channels.newChannel(new ByteArrayOutputStream()))).isZero();
    }
  }

  @Test
  void manyThreadsReadOneOpenFile() throws Exception {
    put(store, "a", "0123456789");
    try (StoredFile file = store.open(path("a")).orElseThrow()) {
      List<Callable<Object>> readers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        readers.add(() -> content(file));
      }
      assertThat(atOnce(readers)).containsOnly("0123456789");
    }
  }

  @Test
  void anOpenFileMayBeClosedTwice() throws Exception {
    put(store, "a", "x");
    StoredFile file = store.open(path("a")).orElseThrow();
    file.close();
    assertThatCode(file::close).doesNotThrowAnyException();
  }

  // list

  @Test
  void aListingHoldsEachEntryOnce() throws Exception {
    put(store, "a", "1");
    put(store, "sub/b", "22");
    put(store, "sub/deep/c", "333");
    makeFolderPast("empty");
    assertThat(names(store, "")).containsExactly("a", "empty", "sub");
    assertThat(names(store, "sub")).containsExactly("b", "deep");
    assertThat(names(store, "empty")).isEmpty();
    assertThat(entries(store, "sub"))
        .filteredOn(Entry.File.class::isInstance)
        .singleElement()
        .isEqualTo(store.find(path("sub/b")).orElseThrow());
  }

  @Test
  void anEndedListingStaysEnded() throws Exception {
    put(store, "a", "1");
    Listing listing = store.list(SharePath.ROOT).orElseThrow();
    assertThat(listing.next()).isPresent();
    assertThat(listing.next()).isEmpty();
    assertThat(listing.next()).isEmpty();
    listing.close();
    assertThatCode(listing::close).doesNotThrowAnyException();
  }

  @Test
  void namesCanBeHadWithoutTheRest() throws Exception {
    put(store, "a", "1");
    put(store, "sub/b", "22");
    putPast(".hidden", bytes("x"));
    try (Listing listing = store.list(SharePath.ROOT).orElseThrow()) {
      List<EntryName> names = new ArrayList<>();
      for (var name = listing.nextName(); name.isPresent(); name = listing.nextName()) {
        names.add(name.get());
      }
      assertThat(names)
          .containsExactlyInAnyOrder(new EntryName("a", false), new EntryName("sub", true));
      assertThat(listing.nextName()).isEmpty();
    }
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    put(store, "a", "1");
    assertThat(store.list(path("a"))).isEmpty();
  }

  @Test
  void namesThatCannotBeAddressedAreNotListed() throws Exception {
    putPast(".hidden", bytes("x"));
    putPast("back\\slash", bytes("x"));
    putPast("line\nbreak", bytes("x"));
    putPast("del\u007f", bytes("x"));
    putPast("shown: yes?", bytes("x"));
    assertThat(names(store, "")).containsExactly("shown: yes?");
    assertThat(content(store, "shown: yes?")).contains("x");
  }

  // stage, write, force

  @Test
  void nothingIsVisibleBeforeThePublish() throws Exception {
    try (StagedFile staged = store.stage(path("new/a"))) {
      staged.write(ByteBuffer.wrap(bytes("secret")), 0);
      staged.force();
      assertThat(store.find(path("new/a"))).isEmpty();
      assertThat(store.find(path("new"))).isEmpty();
      assertThat(entries(store, "")).isEmpty();
    }
    assertThat(entries(store, "")).isEmpty();
  }

  @Test
  void whatIsWrittenPieceByPieceIsPublishedWhole() throws Exception {
    ByteBuffer direct = ByteBuffer.allocateDirect(6).put(bytes(" world")).flip();
    try (StagedFile staged = store.stage(path("a"))) {
      staged.write(ByteBuffer.wrap(bytes("hello")), 0);
      staged.write(ByteBuffer.allocate(0), 5);
      staged.write(direct, 5);
      assertThat(direct.hasRemaining()).isFalse();
      staged.publish();
    }
    assertThat(content(store, "a")).contains("hello world");
  }

  @Test
  void anEmptyFileIsPublished() throws Exception {
    put(store, "empty", "");
    assertThat(content(store, "empty")).contains("");
  }

  @Test
  void forcingWhileWritingHarmsNeither() throws Exception {
    try (StagedFile staged = store.stage(path("a"))) {
      List<Callable<Object>> both = new ArrayList<>();
      both.add(
          () -> {
            for (int i = 0; i < 100; i++) {
              staged.write(ByteBuffer.wrap(bytes("0123456789")), 10L * i);
            }
            return "written";
          });
      both.add(
          () -> {
            for (int i = 0; i < 10; i++) {
              staged.force();
            }
            return "forced";
          });
      assertThat(atOnce(both)).containsExactly("written", "forced");
      staged.publish();
    }
    assertThat(content(store, "a")).contains("0123456789".repeat(100));
  }

  @Test
  void aClosedUploadIsGone() throws Exception {
    StagedFile staged = store.stage(path("a"));
    staged.close();
    assertThatCode(staged::close).doesNotThrowAnyException();
    assertThatExceptionOfType(IOException.class).isThrownBy(staged::publish);
    assertThatExceptionOfType(IOException.class).isThrownBy(staged::force);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> staged.write(ByteBuffer.wrap(bytes("x")), 0));
    assertThat(store.find(path("a"))).isEmpty();
  }

  // publish

  @Test
  void missingFoldersAreMade() throws Exception {
    put(store, "one/two/three/a", "deep");
    assertThat(content(store, "one/two/three/a")).contains("deep");
    put(store, "one/two/b", "less deep");
    assertThat(names(store, "one/two")).containsExactly("b", "three");
  }

  @Test
  void aTakenNameIsRefusedAtOnce() throws Exception {
    put(store, "folder/a", "first");
    assertTaken("folder/a");
    assertTaken("folder");
    assertTaken("");
    assertThat(content(store, "folder/a")).contains("first");
  }

  private void assertTaken(String name) {
    assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(() -> store.stage(path(name)));
  }

  @Test
  void aNameThatWasTakenMeanwhileIsRefused() throws Exception {
    try (StagedFile late = store.stage(path("a"))) {
      late.write(ByteBuffer.wrap(bytes("late")), 0);
      putPast("a", bytes("first"));
      assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(late::publish);
    }
    assertThat(content(store, "a")).contains("first");
  }

  @ParameterizedTest
  @CsvSource({
    "apple.jpg, Apple.JPG", // case
    "caf\u00e9, cafe\u0301", // Unicode normal form
    "CAF\u00c9, cafe\u0301", // both
    "stra\u00dfe, STRASSE", // a case mapping that lengthens
    "σίσυφος, ΣΊΣΥΦΟΣ", // final sigma
    "\u212bngstrom, \u00e5ngstrom", // singleton decomposition
    "273\u212a, 273k" // Kelvin sign
  })
  void aTwinIsRefused(String first, String twin) throws Exception {
    try (StagedFile late = store.stage(path(twin))) {
      put(store, first, "first");
      assertThatExceptionOfType(Refusal.Taken.class)
          .isThrownBy(late::publish)
          .withMessageContaining(first);
    }
    assertThatExceptionOfType(Refusal.Taken.class)
        .isThrownBy(() -> store.stage(path(twin)))
        .withMessageContaining(first);
    assertThat(names(store, "")).containsExactly(first);
    put(store, "elsewhere/" + twin, "no twin in another folder");
  }

  @Test
  void aTwinThatAnotherProgramMadeIsRefused() throws Exception {
    put(store, "a", "x");
    putPast("Photo", bytes("x"));
    assertTaken("photo");
    removePast("Photo");
    put(store, "photo", "x");
  }

  @Test
  void aTwinOfAFolderOnTheWayIsRefused() throws Exception {
    put(store, "Photos/a", "x");
    assertTaken("photos/b");
    assertTaken("photos");
    assertTaken("photos/deep/b");
    try (StagedFile staged = store.stage(path("new/b"))) {
      makeFolderPast("NEW");
      assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(staged::publish);
    }
    assertThat(names(store, "")).containsExactly("NEW", "Photos");
  }

  @Test
  void aFileInThePlaceOfAFolderIsRefused() throws Exception {
    put(store, "a", "file");
    assertTaken("a/b");
    assertTaken("a/b/c");
    try (StagedFile staged = store.stage(path("new/b"))) {
      putPast("new", bytes("file"));
      assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(staged::publish);
    }
    assertThat(content(store, "new")).contains("file");
  }

  @Test
  void closingAfterThePublishLeavesTheFile() throws Exception {
    StagedFile staged = store.stage(path("a"));
    staged.publish();
    staged.close();
    assertThat(content(store, "a")).contains("");
  }

  @Test
  void ofAHundredPublishesOfOneNameExactlyOneWins() throws Exception {
    List<Callable<Object>> puts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String mine = "content of " + i + " ".repeat(i);
      puts.add(() -> publish("deep/er/one", mine));
    }
    requireOneWinner(atOnce(puts), "deep/er");
  }

  @Test
  void ofManyPublishesOfTwinsExactlyOneWins() throws Exception {
    List<Callable<Object>> puts = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      char[] letters = "twins".toCharArray();
      for (int bit = 0; bit < 5; bit++) {
        if ((i >> bit & 1) == 1) {
          letters[bit] = Character.toUpperCase(letters[bit]);
        }
      }
      String name = new String(letters);
      puts.add(() -> publish(name, "content of " + name));
    }
    requireOneWinner(atOnce(puts), "");
  }

  /// Stages, waits for nobody, publishes; the content where it won.
  private Object publish(String name, String content) throws Refusal, IOException {
    put(store, name, content);
    return content;
  }

  private void requireOneWinner(List<Object> results, String folder) throws Exception {
    List<Object> wins = results.stream().filter(String.class::isInstance).toList();
    assertThat(wins).hasSize(1);
    assertThat(results)
        .filteredOn(r -> !(r instanceof String))
        .hasOnlyElementsOfType(Refusal.Taken.class);
    String name = names(store, folder).getFirst();
    assertThat(names(store, folder)).containsExactly(name);
    assertThat(content(store, folder.isEmpty() ? name : folder + "/" + name))
        .contains((String) wins.getFirst());
  }

  @Test
  void manyUploadsIntoOneNewFolderAllSucceed() throws Exception {
    List<Callable<Object>> puts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String name = "new/folder/" + i;
      puts.add(() -> publish(name, name));
    }
    assertThat(atOnce(puts)).allMatch(String.class::isInstance);
    assertThat(names(store, "new/folder")).hasSize(50);
  }

  @Test
  void itKnowsItsFreeBytes() throws Exception {
    assertThat(store.freeBytes()).isPositive();
  }
}
