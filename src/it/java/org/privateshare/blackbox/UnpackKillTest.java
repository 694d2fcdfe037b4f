package org.privateshare.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The server dies by `SIGKILL` in the midst of an archive of thousands of files, and starts again.
@Tag("kill")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UnpackKillTest {
  private static final int[] LINES = {1, PackedFiles.FILES / 3, PackedFiles.FILES * 2 / 3};

  @TempDir private Path home;

  @Test
  void whatWasAcknowledgedIsWholeAndTheSameArchiveBringsTheRest() throws IOException {
    Path share = Files.createDirectory(home.resolve("share"));
    PackedFiles files = PackedFiles.in(home);
    List<String> acknowledged = new ArrayList<>();
    for (int lines : LINES) {
      try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
        files.check(share, acknowledged);
        acknowledged.addAll(files.sendUntil(server, lines, server::kill));
      }
    }
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      files.check(share, acknowledged);
      files.sendAll(server);
      files.checkAll(share);
    }
    Report.line("kill: %,d members of archives acknowledged, 0 lost", acknowledged.size());
  }
}
