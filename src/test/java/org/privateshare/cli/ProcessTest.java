package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What only a process of its own can show: signals, exit codes, and who loads what.
@Timeout(60)
final class ProcessTest {
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final Pattern PORT = Pattern.compile("\"port\":(\\d+)");

  @TempDir private Path folder;
  @TempDir private Path state;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aServerThatIsAskedToStopEndsWithZero() throws Exception {
    List<String> signals = new ArrayList<>(List.of("TERM"));
    if (arrives(SIGINT)) {
      signals.add("INT");
    }
    if (arrives(SIGHUP)) {
      signals.add("HUP");
    }
    for (String signal : signals) {
      Process server = privateshare("serve", ".", "0", "--json");
      BufferedReader out = server.inputReader(UTF_8);
      int port = port(out.readLine());
      Process list = privateshare("list", "--json", "localhost:" + port);
      assertThat(list.waitFor()).isZero();

      send(signal, server);

      assertThat(server.waitFor()).as(signal).isZero();
      assertThat(out.readLine()).isEqualTo("{\"event\":\"end\",\"exit\":0}");
      assertThat(server.errorReader(UTF_8).lines())
          .anyMatch(line -> line.matches("\\S+ INFO  http \\S+ \"owner\" GET \"/\" 200,.*: listed"))
          .last()
          .isEqualTo("stopped");
    }
  }

  @Test
  void anIdleServerStopsByItself() throws Exception {
    Process server = privateshare("serve", ".", "0", "--idle-exit", "1s");
    assertThat(server.waitFor()).isZero();
    assertThat(server.errorReader(UTF_8).lines())
        .anyMatch(line -> line.startsWith("privateshare serves "))
        .last()
        .isEqualTo("stopped: no connection for 1 s");
  }

  @Test
  void aSecondServerOfOneFolderIsRefused() throws Exception {
    Process first = privateshare("serve", ".", "0", "--json");
    assertThat(first.inputReader(UTF_8).readLine()).contains("serving");
    Process second = privateshare("serve", ".", "0");
    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(second.errorReader(UTF_8).lines())
        .last()
        .asString()
        .contains("already served by another privateshare");
  }

  @Test
  void aGetThatIsInterruptedLeavesNothingAndEndsWith130() throws Exception {
    assumeThat(arrives(SIGINT)).isTrue();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process get =
          privateshare("get", "apple.jpg", "classic://127.0.0.1:" + server.getLocalPort());
      try (Socket client = server.accept()) {
        assertThat(client.getInputStream().readAllBytes())
            .asString(UTF_8)
            .isEqualTo("get,apple.jpg");
        client.getOutputStream().write("passhalf a".getBytes(UTF_8));
        awaitStagedBytes();

        send("INT", get);

        assertThat(get.waitFor()).isEqualTo(130);
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTransferThatIsStoppedOnItsWayGoesOnWithTheSameCommand() throws Exception {
    Path share = Files.createDirectory(folder.resolve("share"));
    Process server = privateshare("serve", "share", "0", "--json");
    String target = "localhost:" + port(server.inputReader(UTF_8).readLine());
    byte[] bytes = new byte[12 << 20];
    new Random(1).nextBytes(bytes);
    for (String signal : arrives(SIGINT) ? List.of("KILL", "INT") : List.of("KILL")) {
      Path here = Files.write(folder.resolve("big-" + signal), bytes);
      String name = here.getFileName().toString();
      for (String direction : List.of("put", "get")) {
        Process stopped = privateshare(direction, name, target, "--limit-rate", "1MiB");
        awaitMark(direction);
        send(signal, stopped);
        assertThat(stopped.waitFor()).isEqualTo(signal.equals("INT") ? 130 : 137);
        assertThat(stopped.errorReader(UTF_8).readAllAsString())
            .isEqualTo(
                signal.equals("INT")
                    ? "privateshare: interrupted; the same command goes on where this one has"
                        + " stopped\n"
                    : "");
        Process again = privateshare(direction, "--json", name, target);
        assertThat(again.inputReader(UTF_8).readAllAsString()).contains("\"resumed_at\":");
        assertThat(again.waitFor()).isZero();
        assertThat(share.resolve(name)).hasBinaryContent(bytes);
        assertThat(here).hasBinaryContent(bytes);
        assertThat(transfers()).isEmpty();
        Files.delete(here);
      }
    }
  }

  /// Waits until there is something to go on with: for uploads the server decides how much.
  private void awaitMark(String direction) throws IOException {
    boolean there = false;
    while (!there) {
      Thread.onSpinWait();
      for (Path file : transfers()) {
        String text = Files.readString(file);
        there |= text.contains("privateshare " + direction) && !text.contains("\nmark 0:");
      }
      there &= direction.equals("get") || stagedBytes() > 0;
    }
  }

  private long stagedBytes() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("share/.privateshare/staging"))) {
      return files
          .filter(file -> file.toString().endsWith(".part"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private List<Path> transfers() throws IOException {
    Path transfers = state.resolve("privateshare/transfers");
    if (!Files.exists(transfers)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(transfers)) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]+")).toList();
    }
  }

  @Test
  void aPutThatIsInterruptedOrKilledIsSeenAsBrokenOff() throws Exception {
    for (String signal : arrives(SIGINT) ? List.of("INT", "KILL") : List.of("KILL")) {
      Path large = folder.resolve("large-" + signal);
      try (FileChannel file =
          FileChannel.open(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        int _ = file.write(UTF_8.encode("."), (1L << 32) - 1);
      }
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        String name = large.getFileName().toString();
        Process put = privateshare("put", name, "classic://127.0.0.1:" + server.getLocalPort());
        try (Socket client = server.accept()) {
          assertThat(client.getInputStream().readNBytes(4 + name.length())).isNotEmpty();
          client.getOutputStream().write("pass".getBytes(UTF_8));
          assertThat(client.getInputStream().readNBytes(1 << 20)).hasSize(1 << 20);

          send(signal, put);

          assertThat(put.waitFor()).isEqualTo(signal.equals("INT") ? 130 : 137);
          assertThatThrownBy(
                  () -> client.getInputStream().transferTo(OutputStream.nullOutputStream()))
              .as("reset rather than end of stream")
              .isInstanceOf(SocketException.class);
        }
      }
    }
  }

  @Test
  void aClientLoadsNothingOfTheServer() throws Exception {
    List<String> command = command("list", "localhost:1");
    command.add(1, "-Xlog:class+load");
    Process list = start(command);
    List<String> loaded = list.inputReader(UTF_8).lines().toList();
    assertThat(list.waitFor()).isEqualTo(7);
    assertThat(loaded)
        .anyMatch(line -> line.contains("org.privateshare.cli.ListCommand"))
        .filteredOn(
            line ->
                Stream.of(
                        "org.eclipse.jetty.",
                        "ch.qos.logback.",
                        "org.slf4j.",
                        "com.fasterxml.",
                        "me.tongfei.",
                        "com.nimbusds.",
                        "org.bouncycastle.",
                        "org.privateshare.http.",
                        "org.privateshare.net.",
                        "org.privateshare.share.",
                        "org.privateshare.store.")
                    .anyMatch(line::contains))
        .isEmpty();
  }

  /// A shell starts its background jobs with SIGINT ignored, and `nohup` all with SIGHUP ignored,
  /// which every child then inherits and the virtual machine respects.
  private static boolean arrives(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    try (Stream<String> lines = Files.lines(status)) {
      String ignored =
          lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElse("SigIgn:\t0");
      long signals = Long.parseUnsignedLong(ignored.split("\t", -1)[1], 16);
      return (signals >> (signal - 1) & 1) == 0;
    }
  }

  private void awaitStagedBytes() throws IOException {
    boolean there = false;
    while (!there) {
      Thread.onSpinWait();
      try (Stream<Path> files = Files.list(folder)) {
        there = files.anyMatch(file -> file.toFile().length() == "half a".length());
      }
    }
  }

  private static void send(String signal, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private static int port(String serving) {
    Matcher matcher = PORT.matcher(serving);
    assertThat(matcher.find()).as(serving).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private Process privateshare(String... words) throws IOException {
    return start(command(words));
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("XDG_STATE_HOME", state.toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    return command;
  }
}
