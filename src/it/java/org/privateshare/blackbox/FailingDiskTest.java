package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The disk says no: an error from a call, a file system that turns read-only, a device that is
/// gone.
@Tag("disk")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FailingDiskTest {
  private static final Content SMALL = new Content(1, 100_000);
  private static final Content LARGE = new Content(2, 40 << 20);

  private final Journal journal = new Journal();

  /// Every such call fails for as long as the upload lasts, so that a second try would be seen.
  @ParameterizedTest
  @CsvSource({
    "pwrite64, EIO, 100000",
    "'fsync,fdatasync', EIO, 100000",
    "'fsync,fdatasync', EIO, 41943040",
    "'fsync,fdatasync', ENOSPC, 100000",
    "link, EIO, 100000",
  })
  void anErrorOfACallLosesOnlyThatUpload(String call, String error, long size, @TempDir Path share)
      throws IOException {
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      putsWell(server, "before");
      List<String> failed;
      String inject = "inject=" + call + ":error=" + error;
      try (Strace strace = Strace.attach(server, "-e", "trace=" + call, "-e", inject)) {
        assertThat(journal.put(server.port(), "victim", new Content(3, size)))
            .isEqualTo(Door.Fate.BROKEN);
        failed = strace.detach();
      }
      assertThat(failed.stream().filter(line -> line.contains("INJECTED")))
          .as("failed once, never tried again")
          .hasSize(1);
      Await.until("staging is empty", () -> Journal.staged(share).isEmpty());
      putsWell(server, "after");
      assertThat(journal.put(server.port(), "large", LARGE)).isEqualTo(Door.Fate.ACKNOWLEDGED);
      assertThat(journal.check(share).unacknowledged()).isZero();
    }
    Report.line("disk: %s of %s: one reset, not tried again, next upload fine", error, call);
  }

  /// The name is visible by then, and whole; that it survives a power cut nobody has said.
  @Test
  void anErrorWhenTheFolderIsForcedIsNotAcknowledged(@TempDir Path home) throws IOException {
    Path share = Files.createDirectory(home.resolve("share"));
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      putsWell(server, "before");
      try (Strace _ =
          Strace.attach(
              server,
              "-P",
              share.toString(),
              "-e",
              "trace=fsync,fdatasync",
              "-e",
              "inject=fsync,fdatasync:error=EIO")) {
        assertThat(journal.put(server.port(), "victim", SMALL)).isEqualTo(Door.Fate.BROKEN);
      }
      Await.until("staging is empty", () -> Journal.staged(share).isEmpty());
      putsWell(server, "after");
      var _ = journal.check(share);
    }
  }

  @Test
  void aDiskThatTurnsReadOnlyStillServes() throws IOException {
    try (Mount disk = Mount.disk("ext4", "loop,errors=remount-ro")) {
      Path share = disk.folder("share");
      try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
        putsWell(server, "before");
        String device = Shell.run("findmnt", "-no", "SOURCE", disk.point().toString()).strip();
        Files.writeString(
            Path.of("/sys/fs/ext4", Path.of(device).getFileName().toString(), "trigger_fs_error"),
            "1");
        assertThat(journal.put(server.port(), "victim", SMALL))
            .isNotEqualTo(Door.Fate.ACKNOWLEDGED);
        assertThat(RawClassic.get(server.port(), "before", journal.acknowledged("before")))
            .isEqualTo(Door.Verdict.WHOLE);
        assertThat(RawClassic.list(server.port())).isEqualTo("before, ");
      }
      disk.unmount();
      var _ = disk.mount("loop");
      try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
        assertThat(journal.put(server.port(), "after", SMALL)).isEqualTo(Door.Fate.ACKNOWLEDGED);
        var _ = journal.check(share);
      }
    }
    Report.line("disk: turned read-only while up: reads and lists go on, puts are refused");
  }

  @Test
  void aDeviceThatIsGoneIsAnsweredAtOnceAndDoesNotEndTheServer() throws Exception {
    try (Mount disk = Mount.disk("xfs", "loop")) {
      Path share = disk.folder("share");
      try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
        putsWell(server, "before");
        disk.prepareCut().now();
        for (int i = 0; i < 20; i++) {
          long start = System.nanoTime();
          assertThat(journal.put(server.port(), "victim-" + i, SMALL))
              .isNotEqualTo(Door.Fate.ACKNOWLEDGED);
          assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
        }
        assertThat(server.isAlive()).isTrue();
      }
      disk.unmount();
      var _ = disk.mount("loop");
      var _ = journal.check(share);
    }
  }

  /// XFS lets a folder be forced after it has shut down and says that this went well: once the
  /// server believed it, and acknowledged a file whose name was lost.
  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void aFolderThatIsForcedAfterTheDeviceIsGoneIsNotAcknowledged(String type) throws Exception {
    try (Mount disk = Mount.disk(type, "loop")) {
      Path share = disk.folder("share");
      try (ServerProcess server = ServerProcess.Setup.of(share).start();
          ExecutorService client = Executors.newSingleThreadExecutor()) {
        putsWell(server, "before");
        Mount.Cut cut = disk.prepareCut();
        String slow = "inject=fsync,fdatasync:delay_enter=1000000";
        try (Strace _ = Strace.attach(server, "-P", share.toString(), "-e", slow)) {
          var put = client.submit(() -> journal.put(server.port(), "victim", SMALL));
          Await.until("it is linked", () -> Journal.visible(share).contains("victim"));
          cut.now();
          assertThat(put.get()).isEqualTo(Door.Fate.BROKEN);
        }
      }
      disk.unmount();
      var _ = disk.mount("loop");
      var _ = journal.check(share);
    }
  }

  private void putsWell(ServerProcess server, String name) {
    assertThat(journal.put(server.port(), name, SMALL)).isEqualTo(Door.Fate.ACKNOWLEDGED);
  }
}
