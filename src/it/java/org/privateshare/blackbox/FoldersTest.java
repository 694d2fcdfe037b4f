package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.blackbox.CutProxy.How;
import org.privateshare.blackbox.CutProxy.Way;

/// Whole folders there and back, compared by diff and rsync, whatever is killed meanwhile.
///
/// `-Dfiles=N` says how many small files there are; `-Dseed=N` repeats a run's choices.
@Tag("resume")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FoldersTest {
  private static final int FILES = Integer.getInteger("files", 700);
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final long LARGE = 9 << 20;

  /// Characters that URLs may have encoded or not.
  private static final String LARGE_NAME = "it's (large) $&";

  private final SplittableRandom random = new SplittableRandom(SEED);

  @TempDir private Path share;
  @TempDir private Path home;
  private Path tree;
  private volatile ServerProcess server;
  private CutProxy proxy;

  @BeforeEach
  void start() throws IOException {
    Shell.need("diff", "rsync");
    server = ServerProcess.Setup.of(share).start();
    proxy = CutProxy.to(server.port());
    tree = Files.createDirectory(home.resolve("tree"));
    grow();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  /// Deep, wide, empty, of names in all scripts and of 255 bytes, small files and large ones.
  private void grow() throws IOException {
    Path deep = tree;
    for (int i = 0; i < 50; i++) {
      deep = Files.createDirectory(deep.resolve("d" + i));
    }
    write(deep.resolve("bottom"), 3);
    Files.createDirectories(tree.resolve("empty/inside"));
    write(tree.resolve("Äpfel 🍎 ünd 梨"), 5);
    write(tree.resolve("n".repeat(255)), 7);
    write(tree.resolve("é".repeat(127)), 7);
    write(tree.resolve("nothing"), 0);
    write(tree.resolve(LARGE_NAME), LARGE);
    for (int i = 0; i < FILES; i++) {
      Path folder = tree.resolve("wide-" + i % 20);
      write(Files.createDirectories(folder).resolve("f" + i), random.nextInt(20_000));
    }
  }

  private void write(Path file, long size) throws IOException {
    new Content(SEED + file.hashCode(), size).writeTo(file);
    Instant time = Instant.ofEpochSecond(random.nextLong(2_000_000_000L), random.nextInt(1 << 29));
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  @Test
  void aTreeComesBackAsItWentAndNothingMovesTwice() throws IOException {
    assertThat(run(put())).contains("put tree/ to ");
    same(tree, share.resolve("tree"));
    assertThat(run(get())).contains("got tree/ from ");
    same(tree, home.resolve("back/tree"));

    assertThat(run(put())).contains(": 0 files; ");
    assertThat(run(get())).contains(": 0 files; ");
    assertThat(server.log()).as("a single archive").containsOnlyOnce(" PUT \"tree/\"");
  }

  @Test
  void aPutThatIsKilledIsCompletedByTheSameCommand() throws IOException {
    dies(Sender.start(put(), home), Way.UP);
    String _ = run(put());
    same(tree, share.resolve("tree"));
  }

  @Test
  void aGetThatIsKilledIsCompletedByTheSameCommand() throws IOException {
    assertThat(run(put())).contains("put tree/ to ");
    dies(Sender.start(get(), home), Way.DOWN);
    String _ = run(get());
    same(tree, home.resolve("back/tree"));
  }

  @Test
  void aServerThatDiesIsWaitedFor() throws IOException {
    proxy.at(Way.UP, place(), this::serverDies);
    assertThat(run(put())).contains("waiting for the network");
    same(tree, share.resolve("tree"));
    proxy.at(Way.DOWN, proxy.passed(Way.DOWN) + place(), this::serverDies);
    assertThat(run(get())).contains("waiting for the network");
    same(tree, home.resolve("back/tree"));
  }

  private List<String> put() {
    return Sender.ours("put", tree.toString(), "https://127.0.0.1:" + proxy.port() + "/");
  }

  private List<String> get() throws IOException {
    Path back = Files.createDirectories(home.resolve("back"));
    String url = "https://127.0.0.1:" + proxy.port() + "/tree/";
    return Sender.ours("get", "-o", back.toString(), url);
  }

  /// Somewhere in the middle of the small files.
  private long place() {
    return random.nextLong(1 << 20, FILES * 6_000L);
  }

  private void serverDies() {
    server.kill();
    proxy.cut(How.RESET);
    server = ServerProcess.Setup.of(share).start();
    proxy.target(server.port());
  }

  private void dies(Process program, Way way) {
    Output said = new Output(program);
    proxy.at(way, proxy.passed(way) + place(), () -> Sender.kill(program));
    assertThat(Shell.exitCode(program)).as("-Dseed=%d: %s", SEED, said.awaitAll()).isEqualTo(137);
  }

  private String run(List<String> command) throws IOException {
    Process program = Sender.start(command, home);
    Output said = new Output(program);
    String all = said.awaitAll();
    assertThat(Shell.exitCode(program)).as("-Dseed=%d: %s", SEED, all).isZero();
    return all;
  }

  /// By two programs of others: names and bytes, and the files' times.
  private static void same(Path one, Path other) {
    assertThat(Shell.run("diff", "-r", one.toString(), other.toString())).isEmpty();
    assertThat(
            Shell.run(
                "rsync",
                "-rtcn",
                "--omit-dir-times",
                "--delete",
                "--itemize-changes",
                "--modify-window=-1",
                one + "/",
                other + "/"))
        .isEmpty();
  }
}
