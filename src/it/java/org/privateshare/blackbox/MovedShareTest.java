package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody rearranges the folders under a running server.
@Tag("disk")
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MovedShareTest {
  private static final Content SMALL = new Content(1, 100_000);

  private final Journal journal = new Journal();

  @TempDir private Path home;

  /// Whether puts go on (the server may hold the folder itself) or are refused is its own affair.
  @Test
  void aStagingFolderThatBecomesALinkIsNotWrittenThrough() throws IOException {
    Path share = Files.createDirectory(home.resolve("share"));
    Path outside = Files.createDirectory(home.resolve("outside"));
    Path kept = home.resolve("staging-kept");
    Path others = Files.createFile(outside.resolve("0123456789abcdef0123456789abcdef.part"));
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      putsWell(server, "before");
      Files.move(Journal.staging(share), kept);
      Files.createSymbolicLink(Journal.staging(share), outside);
      Door.Fate fate = journal.put(server.port(), "meanwhile", SMALL);
      readsWell(server);
      assertThat(outside.toFile().list()).containsExactly(others.toFile().getName());
      Report.line("disk: staging replaced by a link: nothing outside, the put is " + fate);
    }
    try (ServerProcess server = ServerProcess.Setup.of(share).launch()) {
      assertThat(server.awaitExit()).as("no start through a link").isPositive();
    }
    assertThat(outside.toFile().list()).containsExactly(others.toFile().getName());
    Files.delete(Journal.staging(share));
    Files.move(kept, Journal.staging(share));
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      putsWell(server, "after");
    }
    assertThat(journal.check(share).unacknowledged()).isZero();
  }

  @Test
  void anUploadUnderWayWhenStagingBecomesALinkGoesNowhereElse() throws IOException {
    Path share = Files.createDirectory(home.resolve("share"));
    Path outside = Files.createDirectory(home.resolve("outside"));
    try (ServerProcess server = ServerProcess.Setup.of(share).start();
        RawClassic client = RawClassic.connect(server.port())) {
      assertThat(client.ask("put,victim")).isEqualTo(RawClassic.Answer.PASS);
      client.send(SMALL, 0, 65_536);
      Await.until("it is staged", () -> Journal.staged(share).size() == 1);
      Files.move(Journal.staging(share), home.resolve("staging-kept"));
      Files.createSymbolicLink(Journal.staging(share), outside);
      client.send(SMALL, 65_536, SMALL.size());
      client.finish();
      var _ = client.end();
      assertThat(outside).isEmptyDirectory();
      for (String name : Journal.visible(share)) {
        assertThat(SMALL.isIn(share.resolve(name))).isTrue();
      }
    }
  }

  @Test
  void aShareThatIsMovedAwayIsNoticedAndNotMadeAnew() throws IOException {
    Path share = Files.createDirectory(home.resolve("share"));
    Path away = home.resolve("away");
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      putsWell(server, "before");
      Files.move(share, away);
      assertThat(journal.put(server.port(), "victim", SMALL)).isNotEqualTo(Door.Fate.ACKNOWLEDGED);
      assertThat(RawClassic.get(server.port(), "before", SMALL)).isNotEqualTo(Door.Verdict.WRONG);
      assertThat(share).doesNotExist();
      assertThat(Journal.visible(away)).containsExactly("before");
      Files.move(away, share);
      putsWell(server, "after");
      readsWell(server);
    }
    assertThat(journal.check(share).unacknowledged()).isZero();
    Report.line("disk: share moved away: refused, nothing made anew, recovered");
  }

  @Test
  void aSecondServerOnTheSameShareIsRefused() throws IOException {
    Path share = Files.createDirectory(home.resolve("share"));
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      Path alias = Files.createSymbolicLink(home.resolve("alias"), share);
      for (Path name : new Path[] {share, alias}) {
        try (ServerProcess second = ServerProcess.Setup.of(name).launch()) {
          assertThat(second.awaitExit()).isPositive();
          assertThat(second.awaitLog()).contains("already served").doesNotContain("\tat ");
        }
      }
      putsWell(server, "after");
    }
    ServerProcess.Setup.of(share).start().close();
    Report.line("disk: a second server on one share is refused, under another name too");
  }

  private void putsWell(ServerProcess server, String name) {
    assertThat(journal.put(server.port(), name, SMALL)).isEqualTo(Door.Fate.ACKNOWLEDGED);
  }

  private static void readsWell(ServerProcess server) throws IOException {
    assertThat(RawClassic.get(server.port(), "before", SMALL)).isEqualTo(Door.Verdict.WHOLE);
    assertThat(RawClassic.list(server.port())).contains("before, ");
  }
}
