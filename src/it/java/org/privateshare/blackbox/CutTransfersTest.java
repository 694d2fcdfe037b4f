package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateshare.blackbox.CutProxy.How;
import org.privateshare.blackbox.CutProxy.Way;

/// A large file goes through a way that breaks again and again: each program goes on by itself, and
/// the file arrives as it is, once.
///
/// `-Dmebibytes=N` and `-Dbreaks=N` say how much is sent through how many cuts, `-Dseed=N` repeats
/// a run's choices.
@Tag("resume")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CutTransfersTest {
  private static final long SIZE = Long.getLong("mebibytes", 300) << 20;
  private static final int CUTS = Integer.getInteger("breaks", 12);
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final Content FILE = new Content(SEED, SIZE);
  private static final String NAME = "large";

  @TempDir private Path share;
  @TempDir private Path home;
  private ServerProcess server;
  private CutProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = ServerProcess.Setup.of(share).start();
    proxy = CutProxy.to(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void anUploadGoesOnAfterEachCut(Sender sender) throws Exception {
    FILE.writeTo(home.resolve(NAME));
    cutAtRandom(Way.UP);
    try (Watcher watcher = new Watcher(server::port)) {
      watcher.expect(NAME, SIZE);
      Process program =
          Sender.start(sender.command(server, proxy.port(), home.resolve(NAME), NAME), home);
      Output said = new Output(program);
      assertThat(Shell.exitCode(program))
          .as(sender + ", -Dseed=" + SEED + ": " + said.awaitAll())
          .isZero();
      assertThat(FILE.isIn(share.resolve(NAME))).as("whole, -Dseed=%d", SEED).isTrue();
      arrived(sender + " put", Way.UP, watcher.looks());
    }
  }

  @Test
  void aDownloadGoesOnAfterEachCut() throws Exception {
    FILE.writeTo(share.resolve(NAME));
    cutAtRandom(Way.DOWN);
    String url = "https://127.0.0.1:" + proxy.port() + "/" + NAME;
    Process program = Sender.start(Sender.ours("get", "-o", "got", url), home);
    Output said = new Output(program);
    assertThat(Shell.exitCode(program)).as("-Dseed=" + SEED + ": " + said.awaitAll()).isZero();
    assertThat(FILE.isIn(home.resolve("got"))).as("whole, -Dseed=%d", SEED).isTrue();
    arrived("OURS get", Way.DOWN, 0);
  }

  private void cutAtRandom(Way way) {
    SplittableRandom random = new SplittableRandom(SEED);
    long[] places = random.longs(CUTS, 1, SIZE).sorted().toArray();
    for (int i = 0; i < CUTS; i++) {
      // The server takes its time with one that it hasn't heard of, so there are but a few.
      proxy.cutAt(way, places[i], i % 10 == 5 ? How.UNHEARD : i % 2 == 0 ? How.RESET : How.FIN);
    }
  }

  private void arrived(String what, Way way, long looks) {
    assertThat(proxy.left()).as("cuts that have not come, -Dseed=%d", SEED).isZero();
    Report.line(
        "resume: %s of %d MiB through %d cuts: %d MiB went over, %d listings meanwhile, nothing"
            + " partial (-Dseed=%d)",
        what, SIZE >> 20, CUTS, proxy.passed(way) >> 20, looks, SEED);
  }
}
