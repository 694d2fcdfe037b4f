package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The disk loses its power, again and again, while clients put, get and list, and over HTTPS
/// replace, remove and rename. What was acknowledged is there afterwards, whole, under its name or
/// in the history; nothing else is visible unless it is whole too.
///
/// Every cut comes at another moment: right after a random acknowledgement, or while a random
/// upload is half written. `-Dcuts=N` sets how many there are, `-Dseed=N` repeats a run's choices.
@Tag("powercut")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PowerCutTest {
  private static final int CUTS = Integer.getInteger("cuts", 10);
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  private Journal.Tally found = new Journal.Tally(0, 0, 0);
  private long gets;
  private int leftInStaging;

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void nothingAcknowledgedIsLostAndNothingPartialIsVisible(String type) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> options = options(type);
    try (Mount disk = Mount.disk(type, options.getFirst())) {
      Path share = disk.folder("share");
      for (int cut = 0; cut < CUTS; cut++) {
        try {
          cutOnce(disk, share, options.get(cut % options.size()), random.split());
        } catch (Throwable e) {
          throw new AssertionError("cut " + cut + " on " + type + ", -Dseed=" + SEED, e);
        }
      }
    }
    Report.line(
        "powercut: %d cuts on %s: %,d files and %,d old versions acknowledged, 0 lost; %,d more"
            + " changes found whole, 0 partial; %,d left in staging and swept; %,d gets",
        CUTS, type, found.acknowledged(), found.old(), found.unacknowledged(), leftInStaging, gets);
  }

  /// Mount options under which ext4 promises less than by default.
  private static List<String> options(String type) {
    return type.equals("ext4")
        ? List.of("loop", "loop,data=writeback", "loop,noauto_da_alloc")
        : List.of("loop");
  }

  private void cutOnce(Mount disk, Path share, String options, SplittableRandom random)
      throws IOException, InterruptedException {
    Journal journal = new Journal();
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      assertThat(Journal.staged(share)).as("swept at the start").isEmpty();
      Mount.Cut cut = disk.prepareCut();
      MixedLoad load = new MixedLoad(server.port(), journal, random.split());
      awaitMoment(share, journal, load, random);
      assertThat(load.isOver()).as("a client was broken off before the cut").isFalse();
      cut.now();
      load.stop();
      gets += load.gets();
    }
    disk.unmount();
    var _ = disk.mount(options);
    leftInStaging += Journal.staged(share).size();
    found = found.plus(journal.check(share));
    for (String name : Journal.visible(share)) {
      Files.delete(share.resolve(name));
    }
    var _ = Shell.run("rm", "-rf", Journal.history(share).toString());
    var _ = Shell.run("sync", "-f", share.toString());
  }

  private static void awaitMoment(
      Path share, Journal journal, MixedLoad load, SplittableRandom random) {
    int acknowledged = 1 + random.nextInt(60);
    int old = 1 + random.nextInt(8);
    Await.until(
        "acknowledgements, of replaces and removals too",
        () ->
            load.isOver()
                || (journal.acknowledgements() >= acknowledged && journal.oldVersions() >= old));
    if (random.nextBoolean()) {
      long size = 1 + random.nextLong(1 << 20);
      Await.until("an upload is under way", () -> load.isOver() || anyReaches(share, size));
    }
  }

  private static boolean anyReaches(Path share, long size) throws IOException {
    for (Path staged : Journal.staged(share)) {
      if (staged.toFile().length() >= size) {
        return true;
      }
    }
    return false;
  }
}
