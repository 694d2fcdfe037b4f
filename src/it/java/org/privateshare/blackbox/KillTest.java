package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The server dies by `SIGKILL` at each step of every change and of the start, and starts again.
@Tag("kill")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KillTest {
  private static final Content VICTIM = new Content(1, 1 << 20);

  private static int kills;
  private static int acknowledged;

  private final Journal journal = new Journal();

  @TempDir private Path home;
  private Path share;
  private ServerProcess server;
  private int starts;

  @AfterAll
  static void report() {
    Report.line("kill: %d kills, %d files acknowledged, 0 lost", kills, acknowledged);
  }

  @BeforeEach
  void start() throws IOException {
    share = Files.createDirectory(home.resolve("share"));
    server = ServerProcess.Setup.of(share).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// The server that starts after one death is the one that dies next. The classic door can only
  /// put.
  @ParameterizedTest
  @CsvSource({"PUT, CLASSIC", "PUT, HTTPS", "REPLACE, HTTPS", "REMOVE, HTTPS", "MOVE, HTTPS"})
  void anyStepMayBeTheLast(KillStep.Act act, Door door) throws IOException {
    putsWell(door, "before");
    int made = 0;
    for (KillStep step : KillStep.values()) {
      if (step.act() == act) {
        dieAt(step, door);
        made += step.isMade() ? 1 : 0;
        assertThat(journal.check(share).unacknowledged()).as("made at " + step).isEqualTo(made);
        startsWell(door);
      }
    }
  }

  private void dieAt(KillStep step, Door door) throws IOException {
    if (step.act() != KillStep.Act.PUT) {
      putsWell(door, step.victim());
      // So that its folder in the history is there and forced already.
      assertThat(journal.replace(server.port(), step.victim(), new Content(2, 200_000)))
          .isEqualTo(Door.Fate.ACKNOWLEDGED);
    }
    try (Strace strace = Strace.attach(server, step.rules(home))) {
      assertThat(step.ask(journal, door, server.port()))
          .as("at " + step)
          .isEqualTo(Door.Fate.BROKEN);
      assertThat(server.awaitExit()).isEqualTo(137);
      assertThat(fatal(step.call(), strace.detach())).contains(step.about());
    }
    kills++;
  }

  /// A put opens several things (the folder, the staging file, the folder once more): the server
  /// dies at the first, at the second, and so on, until there is none left to die at.
  @ParameterizedTest
  @EnumSource
  void anyOpenMayBeTheLast(Door door) throws IOException {
    boolean died = true;
    boolean staging = false;
    putsWell(door, "before");
    for (int nth = 1; died; nth++) {
      String inject = "inject=openat:signal=SIGKILL:when=" + nth;
      try (Strace strace = Strace.attach(server, "-e", "trace=openat", "-e", inject)) {
        died = journal.put(door, server.port(), "victim-" + nth, VICTIM) == Door.Fate.BROKEN;
        if (died) {
          assertThat(server.awaitExit()).isEqualTo(137);
          staging |= fatal("openat", strace.detach()).contains("O_CREAT");
          kills++;
        }
      }
      if (died) {
        startsWell(door);
      }
    }
    assertThat(staging).as("the staging file was among them").isTrue();
  }

  @Test
  void whatWasAcknowledgedSurvivesAKillAtThatMoment() throws IOException {
    for (int i = 0; i < 4; i++) {
      putsWell(Door.ofTurn(i), "file-" + i);
      server.kill();
      kills++;
      startsWell(Door.CLASSIC);
    }
  }

  @Test
  void aKillInTheMiddleOfManyBodiesLeavesNothingAndTheSweepMayBeKilledToo() throws IOException {
    int stale = 5;
    putsWell(Door.CLASSIC, "before");
    List<Closeable> clients = leaveHalfUploads(stale);
    server.kill();
    kills++;
    for (Closeable client : clients) {
      client.close();
    }
    assertThat(Journal.staged(share)).hasSize(stale);
    dieWhileSweeping(1);
    assertThat(Journal.staged(share)).hasSize(stale);
    for (int left = stale - 1; left > 0; left--) {
      dieWhileSweeping(2);
      assertThat(Journal.staged(share)).hasSize(left);
    }
    startsWell(Door.CLASSIC);
  }

  @Test
  void aReaderOfAServerThatIsKilledSeesAFailure() throws IOException {
    Content content = new Content(3, 64 << 20);
    content.writeTo(share.resolve("big"));
    try (Door.Reader classic = Door.CLASSIC.read(server.port(), "big");
        Door.Reader https = Door.HTTPS.read(server.port(), "big")) {
      classic.expect(content, 0, 1 << 20);
      https.expect(content, 0, 1 << 20);
      server.kill();
      kills++;
      assertThat(classic.end()).isEqualTo(Door.End.RESET);
      assertThat(https.end()).isEqualTo(Door.End.RESET);
    }
  }

  /// Starts a server that is killed when it is about to remove the `nth` stale file.
  private void dieWhileSweeping(int nth) throws IOException {
    String kill = "inject=unlink,unlinkat:signal=SIGKILL:when=" + nth;
    ServerProcess.Setup traced =
        ServerProcess.Setup.of(share)
            .before(
                "strace", "-f", "-D", "-o", "/dev/null", "-e", "trace=unlink,unlinkat", "-e", kill);
    try (ServerProcess dying = traced.launch()) {
      assertThat(dying.awaitExit()).as(dying.log()).isEqualTo(137);
    }
    kills++;
    acknowledged += journal.check(share).acknowledged();
  }

  private List<Closeable> leaveHalfUploads(int count) throws IOException {
    Content content = new Content(2, 4 << 20);
    long half = content.size() / 2;
    List<Closeable> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Door door = Door.ofTurn(i);
      clients.add(door.leaveHalf(server.port(), "half-" + i, content, half));
    }
    Await.until(
        "all halves are staged",
        () ->
            Journal.staged(share).stream().allMatch(file -> file.toFile().length() == half)
                && Journal.staged(share).size() == count);
    return clients;
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

  private void putsWell(Door door, String name) {
    assertThat(journal.put(door, server.port(), name, new Content(name.hashCode(), 100_000)))
        .isEqualTo(Door.Fate.ACKNOWLEDGED);
  }

  /// Starts the server without a fault: everything is there, swept, and goes on.
  private void startsWell(Door door) throws IOException {
    server = ServerProcess.Setup.of(share).start();
    assertThat(Journal.staged(share)).isEmpty();
    acknowledged += journal.check(share).acknowledged();
    putsWell(door, "start-" + ++starts);
    for (String name : journal.acknowledgedNames()) {
      assertThat(door.get(server.port(), name, journal.acknowledged(name)))
          .isEqualTo(Door.Verdict.WHOLE);
    }
  }
}
