package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The server dies by `SIGKILL` at each step of the write way and of the start, and starts again.
@Tag("kill")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KillTest {
  /// A system call at whose entry the server dies, so that everything before it has been done and
  /// the call itself has not.
  enum Step {
    FIRST_WRITE("pwrite64", "/staging/", 1 << 20, false),
    SOME_LATER_WRITE("pwrite64", "when=3", "/staging/", 16 << 20, false),
    FORCE_OF_A_BLOCK("fsync,fdatasync", "/staging/", 40 << 20, false),
    FORCE_OF_THE_FILE("fsync,fdatasync", "/staging/", 1 << 20, false),
    LINK("link", ".part", 1 << 20, false),
    FORCE_OF_THE_FOLDER("fsync,fdatasync", "/share>", 1 << 20, true),
    UNLINK("unlink", ".part", 1 << 20, true);

    private final String call;
    private final String when;

    /// What the traced call must mention, so that the right one was hit.
    private final String about;

    private final long size;
    private final boolean published;

    Step(String call, String about, long size, boolean published) {
      this(call, "when=1", about, size, published);
    }

    /// @param when counts the calls of one thread, of which the server has several
    Step(String call, String when, String about, long size, boolean published) {
      this.call = call;
      this.when = when;
      this.about = about;
      this.size = size;
      this.published = published;
    }

    String[] rules(Path share) {
      List<String> rules = new ArrayList<>(List.of("-e", "trace=" + call));
      rules.addAll(List.of("-e", "inject=" + call + ":signal=SIGKILL:" + when));
      if (this == FORCE_OF_THE_FOLDER) {
        rules.addAll(List.of("-P", share.toString()));
      }
      return rules.toArray(String[]::new);
    }
  }

  private static final Content VICTIM = new Content(1, 1 << 20);

  private static int kills;
  private static int acknowledged;

  private final Journal journal = new Journal();

  @AfterAll
  static void report() {
    Report.line("kill: %d kills, %d files acknowledged, 0 lost", kills, acknowledged);
  }

  @ParameterizedTest
  @EnumSource
  void anyStepMayBeTheLast(Step step, @TempDir Path home) throws IOException {
    Path share = Files.createDirectory(home.resolve("share"));
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      putsWell(server, "before");
      List<String> calls;
      try (Strace strace = Strace.attach(server, step.rules(share))) {
        assertThat(journal.put(server.port(), "victim", new Content(1, step.size)))
            .isEqualTo(RawClassic.Fate.BROKEN);
        assertThat(server.awaitExit()).isEqualTo(137);
        calls = strace.detach();
      }
      kills++;
      assertThat(fatal(step.call, calls)).contains(step.about);
    }
    assertThat(Journal.visible(share).contains("victim")).isEqualTo(step.published);
    startsWell(share);
  }

  /// A put opens several things (the folder, the staging file, the folder once more): the server
  /// dies at the first, at the second, and so on, until there is none left to die at.
  @Test
  void anyOpenMayBeTheLast(@TempDir Path home) throws IOException {
    boolean died = true;
    boolean staging = false;
    for (int nth = 1; died; nth++) {
      Path share = Files.createDirectory(home.resolve("share-" + nth));
      try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
        putsWell(server, "before");
        String inject = "inject=openat:signal=SIGKILL:when=" + nth;
        try (Strace strace = Strace.attach(server, "-e", "trace=openat", "-e", inject)) {
          died = journal.put(server.port(), "victim", VICTIM) == RawClassic.Fate.BROKEN;
          if (died) {
            assertThat(server.awaitExit()).isEqualTo(137);
            staging |= fatal("openat", strace.detach()).contains("O_CREAT");
            kills++;
          }
        }
      }
      startsWell(share);
      journal.forget();
    }
    assertThat(staging).as("the staging file was among them").isTrue();
  }

  @Test
  void whatWasAcknowledgedSurvivesAKillAtThatMoment(@TempDir Path share) throws IOException {
    for (int i = 0; i < 3; i++) {
      try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
        putsWell(server, "file-" + i);
        server.kill();
        kills++;
      }
    }
    startsWell(share);
  }

  @Test
  void aKillInTheMiddleOfManyBodiesLeavesNothingAndTheSweepMayBeKilledToo(@TempDir Path share)
      throws IOException {
    int stale = 5;
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      putsWell(server, "before");
      leaveHalfUploads(server, share, stale);
      server.kill();
      kills++;
    }
    assertThat(Journal.staged(share)).hasSize(stale);
    dieWhileSweeping(share, 1);
    assertThat(Journal.staged(share)).hasSize(stale);
    for (int left = stale - 1; left > 0; left--) {
      dieWhileSweeping(share, 2);
      assertThat(Journal.staged(share)).hasSize(left);
    }
    startsWell(share);
  }

  @Test
  void aReaderOfAServerThatIsKilledSeesAFailure(@TempDir Path share) throws IOException {
    Content content = new Content(3, 64 << 20);
    content.writeTo(share.resolve("big"));
    try (ServerProcess server = ServerProcess.Setup.of(share).start();
        RawClassic reader = RawClassic.connect(server.port(), 1 << 16)) {
      assertThat(reader.ask("get,big")).isEqualTo(RawClassic.Answer.PASS);
      reader.expect(content, 0, 1 << 20);
      server.kill();
      kills++;
      assertThat(reader.end()).isEqualTo(RawClassic.End.RESET);
    }
  }

  /// Starts a server that is killed when it is about to remove the `nth` stale file.
  private void dieWhileSweeping(Path share, int nth) throws IOException {
    String kill = "inject=unlink,unlinkat:signal=SIGKILL:when=" + nth;
    ServerProcess.Setup traced =
        ServerProcess.Setup.of(share)
            .before(
                "strace", "-f", "-D", "-o", "/dev/null", "-e", "trace=unlink,unlinkat", "-e", kill);
    try (ServerProcess server = traced.launch()) {
      assertThat(server.awaitExit()).as(server.log()).isEqualTo(137);
    }
    kills++;
    acknowledged += journal.check(share).acknowledged();
  }

  private static void leaveHalfUploads(ServerProcess server, Path share, int count)
      throws IOException {
    Content content = new Content(2, 4 << 20);
    long half = content.size() / 2;
    for (int i = 0; i < count; i++) {
      RawClassic client = RawClassic.connect(server.port());
      assertThat(client.ask("put,half-" + i)).isEqualTo(RawClassic.Answer.PASS);
      client.send(content, 0, half);
    }
    Await.until(
        "all halves are staged",
        () ->
            Journal.staged(share).stream().allMatch(file -> file.toFile().length() == half)
                && Journal.staged(share).size() == count);
  }

  /// The last call of the kind that has not returned.
  private static String fatal(String names, List<String> calls) {
    Pattern unfinished =
        Pattern.compile("\\b(" + names.replace(',', '|') + ")\\(.*(= \\?|unfinished)");
    return calls.stream()
        .filter(line -> unfinished.matcher(line).find())
        .reduce((first, last) -> last)
        .orElse("no fatal " + names + " in " + calls);
  }

  private void putsWell(ServerProcess server, String name) {
    assertThat(journal.put(server.port(), name, new Content(name.hashCode(), 100_000)))
        .isEqualTo(RawClassic.Fate.ACKNOWLEDGED);
  }

  /// Starts the server again without a fault: everything is there, swept, and goes on.
  private void startsWell(Path share) throws IOException {
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      assertThat(Journal.staged(share)).isEmpty();
      acknowledged += journal.check(share).acknowledged();
      putsWell(server, "after");
      for (String name : journal.acknowledgedNames()) {
        assertThat(RawClassic.get(server.port(), name, journal.acknowledged(name)))
            .isEqualTo(RawClassic.Verdict.WHOLE);
      }
      acknowledged += journal.check(share).acknowledged();
    }
  }
}
