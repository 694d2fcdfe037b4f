package org.privateshare.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A real server: the jar in a process of its own, on a port of the system's choice.
///
/// Closing kills the process.
final class ServerProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("(?:localhost|127\\.0\\.0\\.1):(\\d+)");
  private static final String THREADS = "-Djdk.virtualThreadScheduler.parallelism=16";
  private static final Pattern FINGERPRINT = Pattern.compile("sha256//[A-Za-z0-9+/]{43}=");

  private final Process process;
  private final Output output;
  private final Path state;
  private int port;

  private ServerProcess(Process process, Path state) {
    this.process = process;
    this.output = new Output(process);
    this.state = state;
  }

  /// How a server is to be started.
  ///
  /// @param before words before `java`, such as a tracer; none as a rule
  /// @param jvm options of the virtual machine
  /// @param options options of `serve`
  /// @param state where the keys and the identity are, in a folder of the program's
  record Setup(
      Path share, List<String> before, List<String> jvm, List<String> options, Path state) {
    /// Starts soon. The tests' small disks leave no room for the floor of every day.
    static Setup of(Path share) {
      List<String> jvm =
          List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", THREADS);
      return new Setup(share, List.of(), jvm, List.of("--free-floor", "1"), Shell.state());
    }

    Setup before(String... words) {
      return new Setup(share, List.of(words), jvm, options, state);
    }

    Setup jvm(String... words) {
      return new Setup(share, before, List.of(words), options, state);
    }

    /// As `./privateshare serve` starts it, but for these options.
    Setup asLaunched(String... words) {
      List<String> all =
          new ArrayList<>(
              List.of(
                  "-XX:+UseParallelGC",
                  "-Xmx256m",
                  "-XX:MaxDirectMemorySize=128m",
                  "-XX:+ExitOnOutOfMemoryError",
                  THREADS));
      all.addAll(List.of(words));
      return new Setup(share, before, all, options, state);
    }

    Setup options(String... words) {
      return new Setup(share, before, jvm, List.of(words), state);
    }

    Setup state(Path folder) {
      return new Setup(share, before, jvm, options, folder);
    }

    /// Starts a server and returns once it says which port it serves.
    ServerProcess start() {
      ServerProcess server = launch();
      try {
        server.port = Integer.parseInt(server.output.await(PORT).group(1));
        return server;
      } catch (Throwable e) {
        server.close();
        throw e;
      }
    }

    /// Starts a server that need not come to serve.
    ServerProcess launch() {
      List<String> command = new ArrayList<>(before);
      command.addAll(java());
      command.addAll(jvm);
      command.addAll(List.of("-jar", jar().toString(), "serve", share.toString(), "0"));
      command.addAll(options);
      ProcessBuilder builder = Shell.builder(Path.of("."), command);
      builder.environment().put("XDG_STATE_HOME", state.toString());
      try {
        return new ServerProcess(builder.start(), state);
      } catch (IOException e) {
        throw new AssertionError("cannot start the server", e);
      }
    }
  }

  /// The first words of a command that runs a piece of Java as this suite does.
  static List<String> java() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-XX:-UsePerfData");
  }

  /// The program under test.
  static Path jar() {
    Path jar = Path.of(System.getProperty("privateshare.jar", "target/privateshare.jar"));
    if (!Files.isReadable(jar)) {
      throw new AssertionError("no program at " + jar + "; `mvn package` makes it");
    }
    return jar.toAbsolutePath();
  }

  int port() {
    return port;
  }

  /// The address of a path without its first slash, as others write it.
  String url(String path) {
    return "https://127.0.0.1:" + port + "/" + path;
  }

  /// What the server says that it is known by, in the form of curl's `--pinnedpubkey`.
  String fingerprint() {
    return output.await(FINGERPRINT).group();
  }

  /// The key with every right.
  String ownerKey() throws IOException {
    return Files.readString(state.resolve("privateshare").resolve("owner.key")).strip();
  }

  long pid() {
    return process.pid();
  }

  /// What the server has written so far.
  String log() {
    return output.text();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Sends a signal: `KILL`, `TERM`, `STOP`, `CONT`.
  void signal(String name) {
    var _ = Shell.run("kill", "-" + name, Long.toString(pid()));
  }

  /// Kills the process and returns once it is gone.
  void kill() {
    process.destroyForcibly();
    var _ = awaitExit();
  }

  /// Waits for the end of the process.
  int awaitExit() {
    return Shell.exitCode(process);
  }

  /// Everything the server wrote; waits for its end.
  String awaitLog() {
    var _ = awaitExit();
    return output.awaitAll();
  }

  /// One line of `/proc/PID/status` as a number: `VmRSS` in KiB, `Threads`.
  long status(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new AssertionError("no " + field + " in /proc/" + pid() + "/status");
  }

  /// How many descriptors the process has open.
  long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return all.count();
    }
  }

  /// How many connections the process has accepted and not closed yet. Counting descriptors says it
  /// less well: a server that has just started closes files of its own, and TLS may need several.
  ///
  /// While others open and close connections the kernel's table may lack a few: wait for a number.
  long connections() throws IOException {
    String local = ":" + HexFormat.of().withUpperCase().toHexDigits((char) port);
    Set<String> sockets = new HashSet<>();
    for (String family : List.of("tcp", "tcp6")) {
      for (String row : Files.readAllLines(Path.of("/proc/" + pid() + "/net/" + family))) {
        // The local address, the remote one, the state (A is to listen) and the inode, which is 0
        // where no process has the socket: not yet, or no more.
        String[] columns = row.strip().split("\\s+", 11);
        boolean open = !columns[3].equals("0A") && !columns[9].equals("0");
        if (open && columns[1].endsWith(local)) {
          sockets.add(columns[9]);
        }
      }
    }
    return sockets.size();
  }

  /// The processor time that the process has used so far.
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    kill();
  }
}
