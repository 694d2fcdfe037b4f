package org.privateshare.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The disk loses its power in the midst of uploads that go on: each goes on again at what was
/// acknowledged or behind it, with the right bytes before.
///
/// `-Dcuts=N` sets how many cuts there are, `-Dseed=N` repeats a run's choices.
@Tag("powercut")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ResumePowerCutTest {
  private static final int CUTS = Integer.getInteger("cuts", 3);
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  private Resumers.Tally found = new Resumers.Tally(0, 0, 0);

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void whatWasAcknowledgedOfAnUploadOutlivesThePower(String type) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    try (Mount disk = Mount.disk(type, "loop")) {
      Path share = disk.folder("share");
      for (int cut = 0; cut < CUTS; cut++) {
        try {
          cutOnce(disk, share, random.split());
        } catch (Throwable e) {
          throw new AssertionError("cut " + cut + " on " + type + ", -Dseed=" + SEED, e);
        }
      }
    }
    Report.line(
        "powercut: %d cuts on %s in the midst of uploads: %,d finished before, 0 lost; %,d went on"
            + " with %,d MiB that were there, all whole (-Dseed=%d)",
        CUTS, type, found.finished(), found.resumed(), found.bytes() >> 20, SEED);
  }

  private void cutOnce(Mount disk, Path share, SplittableRandom random)
      throws IOException, InterruptedException {
    Resumers load;
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      Mount.Cut cut = disk.prepareCut();
      load = new Resumers(server.port(), random.split());
      long enough = random.nextLong(1, 40);
      Await.until("acknowledgements", () -> load.isOver() || load.acknowledgements() >= enough);
      load.faultBegins();
      cut.now();
      load.stop();
    }
    disk.unmount();
    var _ = disk.mount("loop");
    load.checkFiles(share);
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      found = found.plus(load.goOn(server.port(), share));
    }
    for (String name : Journal.visible(share)) {
      Files.delete(share.resolve(name));
    }
    // What is left is what was cut before anybody was told of it.
    for (Path staged : Journal.staged(share)) {
      Files.delete(staged);
    }
    var _ = Shell.run("sync", "-f", share.toString());
  }
}
