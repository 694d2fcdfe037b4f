package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The disk has no room left: for bytes, or for names.
@Tag("disk")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FullDiskTest {
  private static final Content SMALL = new Content(1, 10_000);
  private static final Content LARGE = new Content(2, 40 << 20);

  private Mount disk;
  private Path share;
  private ServerProcess server;
  private final Journal journal = new Journal();

  @BeforeEach
  void serveASmallDisk() throws IOException {
    disk = Mount.tmpfs("size=96m,nr_inodes=200");
    share = disk.folder("share");
    server = ServerProcess.Setup.of(share).start();
    assertThat(journal.put(server.port(), "before", SMALL)).isEqualTo(Door.Fate.ACKNOWLEDGED);
  }

  @AfterEach
  void takeAway() {
    server.close();
    disk.close();
  }

  @Test
  void aDiskThatFillsUpAtAnyTenthOfAnUploadLosesOnlyThat() throws IOException {
    for (int tenth = 0; tenth < 10; tenth++) {
      fillUpAt(LARGE.size() / 10 * tenth & -8);
    }
    assertThat(journal.put(server.port(), "after", LARGE)).isEqualTo(Door.Fate.ACKNOWLEDGED);
    var _ = journal.check(share);
    Report.line("disk: full at each tenth of an upload, 10 resets, nothing left behind");
  }

  private void fillUpAt(long position) throws IOException {
    try (RawClassic client = RawClassic.connect(server.port())) {
      assertThat(client.ask("put,victim")).isEqualTo(RawClassic.Answer.PASS);
      client.send(LARGE, 0, position);
      Await.until("so much is staged", () -> stagedSize() == position);
      fill();
      assertThat(sendsTheRest(client, position)).isEqualTo(Door.End.RESET);
    }
    Await.until("staging is empty", () -> Journal.staged(share).isEmpty());
    readsWell();
    Files.delete(filler());
  }

  private static Door.End sendsTheRest(RawClassic client, long from) {
    try {
      client.send(LARGE, from, LARGE.size());
      client.finish();
      return client.end();
    } catch (IOException e) {
      return Door.End.RESET;
    }
  }

  @Test
  void aFloorOfFreeSpaceIsKept() throws IOException {
    server.close();
    server = ServerProcess.Setup.of(share).options("--free-floor", "70MiB").start();
    assertThat(journal.put(server.port(), "large", LARGE)).isNotEqualTo(Door.Fate.ACKNOWLEDGED);
    assertThat(journal.put(server.port(), "small", SMALL)).isEqualTo(Door.Fate.ACKNOWLEDGED);
    Await.until("staging is empty", () -> Journal.staged(share).isEmpty());
    assertThat(Files.getFileStore(share).getUsableSpace()).isGreaterThan(70 << 20);
    var _ = journal.check(share);
  }

  @Test
  void aFileLargerThanTheLimitIsReset() throws IOException {
    server.close();
    server =
        ServerProcess.Setup.of(share).options("--free-floor", "1", "--max-file", "1MiB").start();
    assertThat(journal.put(server.port(), "large", new Content(3, (1 << 20) + 1)))
        .isEqualTo(Door.Fate.BROKEN);
    assertThat(journal.put(server.port(), "fits", new Content(3, 1 << 20)))
        .isEqualTo(Door.Fate.ACKNOWLEDGED);
    Await.until("staging is empty", () -> Journal.staged(share).isEmpty());
    var _ = journal.check(share);
  }

  @Test
  void aDiskWithoutInodesTakesNothingAndRecovers() throws IOException {
    Path names = Files.createDirectory(disk.point().resolve("names"));
    int made = 0;
    try {
      for (; made < 1000; made++) {
        Files.createFile(names.resolve("name-" + made));
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    for (int free = 0; free < 2; free++) {
      assertThat(journal.put(server.port(), "victim-" + free, SMALL))
          .isNotEqualTo(Door.Fate.ACKNOWLEDGED);
      readsWell();
      Await.until("staging is empty", () -> Journal.staged(share).isEmpty());
      Files.delete(names.resolve("name-" + free));
    }
    Files.delete(names.resolve("name-2"));
    assertThat(journal.put(server.port(), "after", SMALL)).isEqualTo(Door.Fate.ACKNOWLEDGED);
    var _ = journal.check(share);
    Report.line("disk: no inode for the staging file, then none for the name; recovered");
  }

  /// What has come stays, and nothing of it is sent again.
  @Test
  void anUploadThatFindsNoRoomGoesOnWhenThereIsSome() throws IOException {
    long third = LARGE.size() / 3;
    try (RawTus tus = RawTus.to(server.port())) {
      String location = tus.create("patient", LARGE.size()).location();
      assertThat(tus.patch(location, LARGE, 0, third).offset()).isEqualTo(third);
      fill();
      assertThat(tus.patch(location, LARGE, third, LARGE.size()).status()).isEqualTo(507);
      readsWell();
      Files.delete(filler());
      long offset = tus.head(location).offset();
      assertThat(offset).isBetween(third, LARGE.size());
      assertThat(tus.patch(location, LARGE, offset, LARGE.size()).status()).isEqualTo(204);
    }
    assertThat(LARGE.isIn(share.resolve("patient"))).as("whole").isTrue();
    Report.line("disk: full in the midst of an upload, 507; went on when there was room");
  }

  private void readsWell() throws IOException {
    assertThat(RawClassic.get(server.port(), "before", SMALL)).isEqualTo(Door.Verdict.WHOLE);
    assertThat(RawClassic.list(server.port())).isEqualTo("before, ");
  }

  private void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private Path filler() {
    return disk.point().resolve("filler");
  }

  private long stagedSize() throws IOException {
    return Journal.staged(share).stream().mapToLong(file -> file.toFile().length()).sum();
  }
}
