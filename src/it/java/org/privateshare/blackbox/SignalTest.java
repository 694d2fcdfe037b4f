package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The signals that a process lives with: a polite end, a pause, and a client that dies.
@Tag("kill")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SignalTest {
  private static final int EACH = 50;
  private static final Content SENT = new Content(5, 1 << 20);
  private static final Content SERVED = new Content(6, 16 << 20);

  private final List<RawClassic> putters = new ArrayList<>();
  private final List<RawClassic> getters = new ArrayList<>();

  @TempDir private Path share;

  @AfterEach
  void closeClients() throws IOException {
    for (RawClassic client : putters) {
      client.close();
    }
    for (RawClassic client : getters) {
      client.close();
    }
  }

  @Test
  void sigtermLetsAHundredTransfersFinishAndAcceptsNoMore() throws IOException {
    try (ServerProcess server = serveWithTransfersHalfWay("--drain", "2m")) {
      server.signal("TERM");
      Await.until("nobody is let in any more", () -> refuses(server.port()));
      for (int i = 0; i < EACH; i++) {
        putters.get(i).send(SENT, SENT.size() / 2, SENT.size());
        putters.get(i).finish();
        assertThat(putters.get(i).end()).isEqualTo(Door.End.FIN);
        assertThat(SENT.isIn(share.resolve("file-" + i))).isTrue();
        assertThat(getters.get(i).receive(SERVED, 1 << 16)).isEqualTo(Door.Verdict.WHOLE);
      }
      assertThat(server.awaitExit()).as(server.log()).isZero();
      assertThat(Journal.staged(share)).isEmpty();
    }
    Report.line("kill: SIGTERM drained %d transfers, exit 0", 2 * EACH);
  }

  @Test
  void whatDoesNotDrainInTimeIsResetAndNotPublished() throws IOException {
    try (ServerProcess server = serveWithTransfersHalfWay("--drain", "1s")) {
      server.signal("TERM");
      assertThat(server.awaitExit()).as(server.log()).isZero();
      for (int i = 0; i < EACH; i++) {
        assertThat(putters.get(i).end()).isEqualTo(Door.End.RESET);
        assertThat(getters.get(i).end()).isEqualTo(Door.End.RESET);
      }
      assertThat(Journal.visible(share)).containsExactly("served");
      assertThat(Journal.staged(share)).isEmpty();
    }
    Report.line("kill: SIGTERM with a short drain reset %d transfers, exit 0", 2 * EACH);
  }

  /// Longer than the deadline of a first byte: a server that was asleep doesn't blame its peers.
  @Test
  void aPauseOfTheServerBreaksNoTransfer() throws IOException {
    try (ServerProcess server = serveWithTransfersHalfWay()) {
      server.signal("STOP");
      long asleep = System.nanoTime();
      Await.until(
          "the pause is over", () -> System.nanoTime() - asleep > Duration.ofSeconds(12).toNanos());
      server.signal("CONT");
      for (int i = 0; i < EACH; i++) {
        putters.get(i).send(SENT, SENT.size() / 2, SENT.size());
        putters.get(i).finish();
        assertThat(putters.get(i).end()).isEqualTo(Door.End.FIN);
        assertThat(getters.get(i).receive(SERVED, 1 << 16)).isEqualTo(Door.Verdict.WHOLE);
        assertThat(SENT.isIn(share.resolve("file-" + i))).isTrue();
      }
    }
    Report.line("kill: SIGSTOP for 12 s broke none of %d transfers", 2 * EACH);
  }

  /// Its kernel sends the same FIN as one that has finished, and the protocol has no length: what
  /// came is published, and the log says that nobody confirmed it.
  @Test
  void aClientThatIsKilledLeavesWhatItSentAndTheLogSaysSo() throws IOException {
    Shell.need("nc");
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      Process client =
          Shell.builder(share, List.of("nc", "127.0.0.1", Integer.toString(server.port()))).start();
      OutputStream out = client.getOutputStream();
      out.write("put,cut".getBytes(StandardCharsets.UTF_8));
      out.flush();
      assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("pass");
      out.write(SENT.piece(0));
      out.flush();
      long came = SENT.piece(0).length;
      Await.until("it is staged", () -> stagedSizes().contains(came));
      assertThat(Journal.visible(share)).isEmpty();
      client.destroyForcibly();
      Await.until("it is published", () -> Journal.visible(share).contains("cut"));
      assertThat(SENT.beginsIn(share.resolve("cut"), came)).isTrue();
      Await.until("the log says so", () -> server.log().contains("length not confirmed"));
    }
  }

  /// Over HTTP the length or the last chunk is missing, or the stream has not ended.
  @Test
  void aClientOverHttpsThatIsKilledLeavesNothing() throws IOException {
    Shell.need("curl");
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      Path file = Files.createTempFile("privateshare-it", ".served");
      SERVED.writeTo(file);
      List<List<String>> clients =
          List.of(
              curl(server, "--http1.1", file.toString()),
              curl(server, "--http1.1", "-"),
              curl(server, "--http2", file.toString()),
              curl(server, "--http2", "-"),
              ours("put", "-", "127.0.0.1:" + server.port() + "/cut"));
      for (List<String> command : clients) {
        Process client = Shell.builder(share, command).start();
        client.getOutputStream().write(SENT.piece(0));
        client.getOutputStream().flush();
        Await.until(
            "some is staged: " + command.getFirst(),
            () -> stagedSizes().stream().anyMatch(size -> size > 0));
        client.destroyForcibly();
        Await.until("it is discarded", () -> Journal.staged(share).isEmpty());
      }
      Files.delete(file);
      Await.until(
          "the log says so",
          () ->
              server.log().lines().filter(line -> line.endsWith(": cut")).count()
                  == clients.size());
      assertThat(Journal.visible(share)).isEmpty();
    }
  }

  /// So slow that there is time to kill it.
  private static List<String> curl(ServerProcess server, String version, String file)
      throws IOException {
    String key = ":" + server.ownerKey();
    return List.of(
        "curl", "-sk", version, "-u", key, "--limit-rate", "1M", "-T", file, server.url("cut"));
  }

  private static List<String> ours(String... words) {
    List<String> command = new ArrayList<>(ServerProcess.java());
    command.addAll(List.of("-jar", ServerProcess.jar().toString()));
    command.addAll(List.of(words));
    return command;
  }

  @Test
  void aClientThatBreaksOffByAResetLeavesNothing() throws IOException {
    try (ServerProcess server = ServerProcess.Setup.of(share).start()) {
      RawClassic client = RawClassic.connect(server.port());
      assertThat(client.ask("put,cut")).isEqualTo(RawClassic.Answer.PASS);
      client.send(SENT, 0, SENT.size() / 2);
      Await.until("it is staged", () -> stagedSizes().contains(SENT.size() / 2));
      client.reset();
      Await.until("it is discarded", () -> Journal.staged(share).isEmpty());
      assertThat(Journal.visible(share)).isEmpty();
    }
  }

  private ServerProcess serveWithTransfersHalfWay(String... options) throws IOException {
    SERVED.writeTo(share.resolve("served"));
    List<String> all = new ArrayList<>(List.of("--free-floor", "1"));
    all.addAll(List.of(options));
    ServerProcess server =
        ServerProcess.Setup.of(share).options(all.toArray(String[]::new)).start();
    for (int i = 0; i < EACH; i++) {
      RawClassic putter = RawClassic.connect(server.port());
      putter.say("put,file-" + i);
      putters.add(putter);
      RawClassic getter = RawClassic.connect(server.port(), 1 << 16);
      getter.say("get,served");
      getters.add(getter);
    }
    for (int i = 0; i < EACH; i++) {
      assertThat(putters.get(i).ask("")).isEqualTo(RawClassic.Answer.PASS);
      putters.get(i).send(SENT, 0, SENT.size() / 2);
      assertThat(getters.get(i).ask("")).isEqualTo(RawClassic.Answer.PASS);
      getters.get(i).expect(SERVED, 0, 1 << 16);
    }
    return server;
  }

  private List<Long> stagedSizes() throws IOException {
    return Journal.staged(share).stream().map(file -> file.toFile().length()).toList();
  }

  private static boolean refuses(int port) throws IOException {
    try (RawClassic client = RawClassic.connect(port)) {
      return client.end() == Door.End.RESET;
    } catch (ConnectException e) {
      return true;
    }
  }
}
