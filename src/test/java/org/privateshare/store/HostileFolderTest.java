package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.privateshare.store.ChangesContract.history;
import static org.privateshare.store.ChangesContract.replace;
import static org.privateshare.store.StoreContract.content;
import static org.privateshare.store.StoreContract.names;
import static org.privateshare.store.StoreContract.path;
import static org.privateshare.store.StoreContract.put;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.Refusal;

/// Whoever else writes to the folder can't make a store serve or touch anything but regular files
/// and folders of the share.
final class HostileFolderTest {
  private static final String SECRET = "SECRET";

  @TempDir private Path temp;
  private Path share = Path.of("");
  private Path outside = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    share = Files.createDirectory(temp.resolve("share"));
    outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("secret"), SECRET);
    Files.createDirectory(outside.resolve("folder"));
  }

  /// So that whoever clears up needn't wonder about links that lead outside.
  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assumeThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  private void assertNothing(FolderStore store, String name) throws Refusal, IOException {
    assertThat(store.find(path(name))).as(name).isEmpty();
    assertThat(store.open(path(name))).as(name).isEmpty();
    assertThat(store.list(path(name))).as(name).isEmpty();
    assertThatExceptionOfType(Refusal.Taken.class)
        .as(name)
        .isThrownBy(() -> put(store, name, "over"));
    assertThatExceptionOfType(Refusal.Taken.class)
        .as(name)
        .isThrownBy(() -> replace(store, name, "over", Existence.ANY));
    assertThatExceptionOfType(Refusal.Taken.class)
        .as(name)
        .isThrownBy(() -> store.makeFolder(path(name)));
    assertThatExceptionOfType(Refusal.Missing.class)
        .as(name)
        .isThrownBy(() -> store.remove(path(name), Existence.ANY));
    assertThatExceptionOfType(Refusal.Missing.class)
        .as(name)
        .isThrownBy(() -> store.move(path(name), path("free"), Existence.ANY));
    assertThat(names(store, "")).doesNotContain(name);
  }

  @ParameterizedTest
  @EnumSource
  void linksDoNotExist(Way way) throws Exception {
    Files.writeString(share.resolve("file"), "inside");
    Files.createDirectory(share.resolve("folder"));
    Files.createSymbolicLink(share.resolve("to-file"), Path.of("file"));
    Files.createSymbolicLink(share.resolve("to-folder"), Path.of("folder"));
    Files.createSymbolicLink(share.resolve("to-outside"), outside.resolve("secret"));
    Files.createSymbolicLink(share.resolve("to-outside-folder"), outside);
    Files.createSymbolicLink(share.resolve("dangling"), outside.resolve("made"));
    Files.createSymbolicLink(share.resolve("loop"), Path.of("loop"));
    try (FolderStore store = way.open(share)) {
      assertThat(names(store, "")).containsExactly("file", "folder");
      for (String link :
          List.of("to-file", "to-folder", "to-outside", "to-outside-folder", "dangling", "loop")) {
        assertNothing(store, link);
        assertThat(store.find(path(link + "/secret"))).isEmpty();
        assertThatExceptionOfType(Refusal.Taken.class)
            .isThrownBy(() -> put(store, link + "/new", "through"));
        assertThatExceptionOfType(Refusal.Taken.class)
            .isThrownBy(() -> put(store, link + "/deep/new", "through"));
      }
    }
    assertThat(outside).isDirectoryNotContaining("glob:**/{new,made,deep}");
    assertThat(share.resolve("folder")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void fifosAndSocketsDoNotExist(Way way) throws Exception {
    run("mkfifo", share.resolve("fifo").toString());
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        FolderStore store = way.open(share)) {
      var _ = socket.bind(UnixDomainSocketAddress.of(share.resolve("socket")));
      assertNothing(store, "fifo");
      assertNothing(store, "socket");
    }
  }

  @ParameterizedTest
  @EnumSource
  void devicesDoNotExist(Way way) throws Exception {
    run("mknod", share.resolve("zero").toString(), "c", "1", "5");
    try (FolderStore store = way.open(share)) {
      assertNothing(store, "zero");
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesThatAreNoUnicodeDoNotExist(Way way) throws Exception {
    run("bash", "-c", "cd \"$0\" && touch $'latin-\\xe9' $'fine-\\xc3\\xa9'", share.toString());
    try (FolderStore store = way.open(share)) {
      assertThat(names(store, "")).containsExactly("fine-é");
      assertThat(store.find(path("latin-\uFFFD"))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void aFileThatIsSwappedWhileItIsOpenedNeverLeadsOutside(Way way) throws Exception {
    Path file = Files.writeString(share.resolve(".file"), "inside");
    Path link = Files.createSymbolicLink(share.resolve(".link"), outside.resolve("secret"));
    try (FolderStore store = way.open(share);
        Meanwhile swapping = Meanwhile.swapping(share.resolve("a"), file, link)) {
      for (int i = 0; i < 2_000; i++) {
        try {
          content(store, "a").ifPresent(found -> assertThat(found).isEqualTo("inside"));
        } catch (IOException e) {
          // The walk noticed the swap; the kernel never even sees one.
          assertThat(way).isEqualTo(Way.WALKING);
        }
        swapping.assertRunning();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "WALKING", mode = EnumSource.Mode.EXCLUDE)
  @Timeout(120)
  void aFileThatIsSwappedForAFifoNeverBlocks(Way way) throws Exception {
    Path file = Files.writeString(share.resolve(".file"), "inside");
    run("mkfifo", share.resolve(".fifo").toString());
    try (FolderStore store = way.open(share);
        Meanwhile swapping = Meanwhile.swapping(share.resolve("a"), file, share.resolve(".fifo"))) {
      for (int i = 0; i < 2_000; i++) {
        content(store, "a").ifPresent(found -> assertThat(found).isEqualTo("inside"));
        swapping.assertRunning();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "WALKING", mode = EnumSource.Mode.EXCLUDE)
  @Timeout(120)
  void aFolderThatIsSwappedForALinkNeverLeadsOutside(Way way) throws Exception {
    Path real = Files.createDirectory(share.resolve("real"));
    Files.writeString(real.resolve("secret"), "inside");
    Path name = share.resolve("swapped");
    Meanwhile.Step swap =
        round -> {
          try {
            Files.move(real, name, StandardCopyOption.ATOMIC_MOVE);
            Files.move(name, real, StandardCopyOption.ATOMIC_MOVE);
            Files.createSymbolicLink(name, outside);
            Files.delete(name);
          } catch (FileSystemException e) {
            // A put has just made the folder itself.
            Files.move(name, share.resolve(".made" + round), StandardCopyOption.ATOMIC_MOVE);
          }
        };
    try (FolderStore store = way.open(share);
        Meanwhile swapping = new Meanwhile(swap)) {
      for (int i = 0; i < 1_000; i++) {
        content(store, "swapped/secret").ifPresent(c -> assertThat(c).isEqualTo("inside"));
        try {
          if (i % 20 == 0) { // each of these waits for the disk
            put(store, "swapped/new" + i, "mine");
          }
        } catch (Refusal.Taken | IOException e) {
          // The folder was a link or was not there at that moment.
        }
        swapping.assertRunning();
      }
    }
    try (Stream<Path> all = Files.list(outside)) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("secret", "folder");
    }
  }

  static Stream<Long> seeds() {
    return new Random().longs(6).boxed();
  }

  /// The seed stands in the test's name; put a failing one into `seeds` to see it again.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noPathLeavesTheShareUnderAnyOperation(long seed) throws Exception {
    Random random = new Random(seed);
    plant(share, random, 3);
    Set<String> before = snapshot(outside);
    for (Way way : Way.values()) {
      try (FolderStore store = way.open(share)) {
        for (int i = 0; i < 150; i++) {
          operate(store, randomPath(random), random);
          change(store, randomPath(random), randomPath(random), random);
        }
      }
    }
    assertThat(snapshot(outside)).isEqualTo(before);
  }

  /// Fills a folder with files, folders and links to everywhere.
  private void plant(Path folder, Random random, int depth) throws IOException {
    Files.writeString(folder.resolve("file"), "inside");
    Path[] targets = {
      outside,
      outside.resolve("secret"),
      outside.resolve("new"),
      Path.of(".."),
      Path.of("/"),
      Path.of("."),
      Path.of("up"),
      Path.of("../../outside/folder"),
      Path.of("/proc/self/root")
    };
    for (String name : List.of("a", "b", "up", "secret")) {
      if (depth > 0 && random.nextInt(3) == 0) {
        plant(Files.createDirectory(folder.resolve(name)), random, depth - 1);
      } else if (random.nextBoolean()) {
        Files.createSymbolicLink(folder.resolve(name), targets[random.nextInt(targets.length)]);
      }
    }
  }

  private static String randomPath(Random random) {
    String[] words = {"a", "b", "up", "secret", "file", "folder", "new", "outside", "etc", "tmp"};
    StringBuilder path = new StringBuilder(words[random.nextInt(words.length)]);
    for (int i = random.nextInt(5); i > 0; i--) {
      path.append('/').append(words[random.nextInt(words.length)]);
    }
    return path.toString();
  }

  private void operate(FolderStore store, String name, Random random)
      throws Refusal.BadName, IOException {
    try {
      switch (random.nextInt(4)) {
        case 0 -> assertThat(store.find(path(name)).isPresent()).isEqualTo(existsInside(name));
        case 1 -> content(store, name).ifPresent(c -> assertThat(c).isNotEqualTo(SECRET));
        case 2 -> {
          Optional<Listing> listing = store.list(path(name));
          assertThat(listing.isPresent()).isEqualTo(isFolderInside(name));
          if (listing.isPresent()) {
            listing.get().close();
          }
        }
        default -> {
          put(store, name, "published");
          assertThat(existsInside(name)).isTrue();
        }
      }
    } catch (Refusal e) {
      assertThat(e).isInstanceOf(Refusal.Taken.class);
    }
  }

  /// Any change of any two names: what it does is the contract's matter, where it does it is ours.
  private static void change(FolderStore store, String name, String other, Random random)
      throws IOException {
    try {
      switch (random.nextInt(6)) {
        case 0 -> store.makeFolder(path(name));
        case 1 -> store.remove(path(name), Existence.ANY);
        case 2 -> store.move(path(name), path(other), Existence.ANY);
        case 3 -> replace(store, name, "replaced", Existence.ANY);
        case 4 -> {
          for (OldVersion old : history(store, name)) {
            store.history().restore(old.path(), old.id(), path(other));
          }
        }
        default -> assertThat(store.history().purge(Instant.now())).isNotNegative();
      }
    } catch (Refusal e) {
      assertThat(e).isNotInstanceOf(Refusal.NoSpace.class);
    }
  }

  private boolean existsInside(String name) throws IOException {
    Path file = share.resolve(name);
    return Files.exists(file) && file.toRealPath().equals(share.toRealPath().resolve(name));
  }

  private boolean isFolderInside(String name) throws IOException {
    return existsInside(name) && Files.isDirectory(share.resolve(name));
  }

  private static Set<String> snapshot(Path folder) throws IOException {
    Set<String> all = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        all.add(file + " " + Stat.of(file));
      }
    }
    return all;
  }

  @Test
  void theSnapshotSeesWhatTheTestsRuleOut() throws Exception {
    Set<String> before = snapshot(outside);
    Files.writeString(outside.resolve("new"), "x");
    assertThat(snapshot(outside)).isNotEqualTo(before);
  }

  /// Does one thing over and over on a thread of its own, until it is closed.
  private static final class Meanwhile implements AutoCloseable {
    interface Step {
      void run(int round) throws IOException;
    }

    private final AtomicBoolean over = new AtomicBoolean();
    private final FutureTask<Void> task;

    Meanwhile(Step step) {
      task =
          new FutureTask<>(
              () -> {
                for (int i = 0; !over.get(); i++) {
                  step.run(i);
                }
                return null;
              });
      Thread.ofPlatform().name("meanwhile").start(task);
    }

    /// Gives `name` to one file after the other.
    static Meanwhile swapping(Path name, Path... files) {
      Path next = name.resolveSibling(".next");
      return new Meanwhile(
          round -> {
            Files.createLink(next, files[round % files.length]);
            Files.move(next, name, StandardCopyOption.ATOMIC_MOVE);
          });
    }

    void assertRunning() {
      assertThat(task.state()).isEqualTo(Future.State.RUNNING);
    }

    @Override
    public void close() {
      over.set(true);
      assertThat(task).succeedsWithin(Duration.ofMinutes(1));
    }
  }
}
