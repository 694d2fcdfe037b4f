package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
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

/// The server, or the program that sends or fetches, dies at random bytes of a transfer. The
/// transfer goes on, and the file arrives as it is, once.
///
/// `-Drounds=N` says how many files each program moves, with two deaths each; `-Dseed=N` repeats a
/// run's choices.
@Tag("kill")
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ResumeKillTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 1);
  private static final int DEATHS = 2;
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  private static int serverKills;
  private static int clientKills;
  private static long looks;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @TempDir private Path share;
  @TempDir private Path home;
  private volatile ServerProcess server;
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

  @AfterAll
  static void report() {
    Report.line(
        "kill: %d kills of the server and %d of clients within transfers that went on, all whole;"
            + " %,d listings meanwhile, nothing partial (-Dseed=%d)",
        serverKills, clientKills, looks, SEED);
  }

  @ParameterizedTest
  @EnumSource
  void anUploadGoesOnAfterTheServerHasDied(Sender sender) throws IOException {
    try (Watcher watcher = new Watcher(() -> server.port())) {
      for (int round = 0; round < ROUNDS; round++) {
        Path file = newFile(watcher, "file-" + round);
        atRandomBytes(Way.UP, fileSize(file), this::serverDies);
        finish(upload(sender, file));
        arrived(file, share.resolve(file.getFileName()));
      }
      looks += watcher.looks();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameCommandGoesOnAfterItHasDied(Sender sender) throws IOException {
    try (Watcher watcher = new Watcher(() -> server.port())) {
      for (int round = 0; round < ROUNDS; round++) {
        Path file = newFile(watcher, "file-" + round);
        for (int i = 0; i < DEATHS; i++) {
          dies(upload(sender, file), Way.UP, fileSize(file));
        }
        finish(upload(sender, file));
        arrived(file, share.resolve(file.getFileName()));
      }
      looks += watcher.looks();
    }
  }

  @Test
  void aDownloadGoesOnAfterTheServerHasDied() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Path file = share.resolve("file-" + round);
      content("file-" + round).writeTo(file);
      atRandomBytes(Way.DOWN, fileSize(file), this::serverDies);
      finish(download(file));
      arrived(file, home.resolve(file.getFileName()));
    }
  }

  @Test
  void theSameDownloadGoesOnAfterItHasDied() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Path file = share.resolve("file-" + round);
      content("file-" + round).writeTo(file);
      for (int i = 0; i < DEATHS; i++) {
        dies(download(file), Way.DOWN, fileSize(file));
        assertThat(home.resolve(file.getFileName())).doesNotExist();
      }
      finish(download(file));
      arrived(file, home.resolve(file.getFileName()));
    }
  }

  /// What a 204 has said of the offset is true after a kill, and nothing else than these bytes are
  /// there.
  @Test
  void whatWasAcknowledgedOfAnUploadIsNeverLost() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      String name = "pieces-" + round;
      Content content = content(name);
      String location;
      try (RawTus tus = RawTus.to(server.port())) {
        location = tus.create(name, content.size()).location();
      }
      atRandomBytes(Way.UP, content.size(), this::serverDies);
      long acknowledged = 0;
      while (acknowledged < content.size()) {
        acknowledged = patchOn(location, content, acknowledged);
      }
      arrived(content, share.resolve(name));
    }
  }

  /// Sends pieces until one breaks off or all is there; returns what was acknowledged.
  private long patchOn(String location, Content content, long acknowledged) {
    long at = acknowledged;
    try (RawTus tus = RawTus.to(proxy.port())) {
      RawTus.Answer found = tus.head(location);
      if (found.status() != 200) {
        return at; // in the moment of its publishing
      }
      assertThat(found.offset()).as("durable, -Dseed=%d", SEED).isGreaterThanOrEqualTo(at);
      at = found.offset();
      while (at < content.size()) {
        long to = Math.min(content.size(), at + random.nextLong(1, 8 << 20));
        RawTus.Answer patched = tus.patch(location, content, at, to);
        assertThat(patched.status()).as(patched.text()).isIn(204, 423);
        at = patched.status() == 204 ? to : at;
      }
    } catch (IOException broken) {
      // Looks again.
    }
    return at;
  }

  private Content content(String name) {
    return new Content(SEED + name.hashCode(), random.nextLong(8 << 20, 80 << 20));
  }

  private Path newFile(Watcher watcher, String name) throws IOException {
    Path file = home.resolve(name);
    content(name).writeTo(file);
    watcher.expect(name, fileSize(file));
    return file;
  }

  private static long fileSize(Path file) {
    return file.toFile().length();
  }

  private Process upload(Sender sender, Path file) throws IOException {
    String name = file.getFileName().toString();
    return Sender.start(sender.command(server, proxy.port(), file, name), home);
  }

  private Process download(Path file) throws IOException {
    String name = file.getFileName().toString();
    String url = "https://127.0.0.1:" + proxy.port() + "/" + name;
    return Sender.start(Sender.ours("get", url), home);
  }

  private void atRandomBytes(Way way, long size, Runnable act) {
    long before = proxy.passed(way);
    random.longs(DEATHS, 1, size).forEach(place -> proxy.at(way, before + place, act));
  }

  private void serverDies() {
    server.kill();
    proxy.cut(How.RESET);
    server = ServerProcess.Setup.of(share).start();
    proxy.target(server.port());
    serverKills++;
  }

  private void dies(Process program, Way way, long size) {
    Output said = new Output(program);
    // So early that even the last one comes before the end.
    long place = random.nextLong(1, size / (DEATHS + 1));
    proxy.at(way, proxy.passed(way) + place, () -> Sender.kill(program));
    assertThat(Shell.exitCode(program))
        .as("-Dseed=" + SEED + ": " + said.awaitAll())
        .isEqualTo(137);
    clientKills++;
  }

  private static void finish(Process program) {
    Output said = new Output(program);
    assertThat(Shell.exitCode(program)).as("-Dseed=" + SEED + ": " + said.awaitAll()).isZero();
  }

  private static void arrived(Path from, Path to) throws IOException {
    assertThat(to).as("-Dseed=%d", SEED).hasSameBinaryContentAs(from);
  }

  private static void arrived(Content content, Path to) throws IOException {
    assertThat(content.isIn(to)).as("whole, -Dseed=%d", SEED).isTrue();
  }
}
