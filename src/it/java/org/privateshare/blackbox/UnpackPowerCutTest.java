package org.privateshare.blackbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The disk loses its power in the midst of an archive of thousands of files: those that were
/// acknowledged are there afterwards, whole, and the same archive brings the rest.
///
/// `-Dcuts=N` makes more than a tenth of N cuts, `-Dseed=N` repeats a run's choices.
@Tag("powercut")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UnpackPowerCutTest {
  private static final int CUTS = 1 + Integer.getInteger("cuts", 10) / 10;
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void noMemberThatWasAcknowledgedIsLost(String type) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    PackedFiles files = PackedFiles.in(home);
    List<String> acknowledged = new ArrayList<>();
    try (Mount disk = Mount.disk(type, "loop")) {
      Path share = disk.folder("share");
      for (int cut = 0; cut < CUTS; cut++) {
        int lines = 1 + random.nextInt(PackedFiles.FILES * (cut + 1) / (CUTS + 1));
        try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
          files.check(share, acknowledged);
          Mount.Cut plug = disk.prepareCut();
          acknowledged.addAll(files.sendUntil(server, lines, plug::now));
        } catch (Throwable e) {
          throw new AssertionError("cut " + cut + " on " + type + ", -Dseed=" + SEED, e);
        }
        disk.unmount();
        var _ = disk.mount("loop");
      }
      try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
        files.check(share, acknowledged);
        files.sendAll(server);
        files.checkAll(share);
      }
    }
    Report.line(
        "powercut: %d cuts on %s: %,d members of archives acknowledged, 0 lost",
        CUTS, type, acknowledged.size());
  }
}
