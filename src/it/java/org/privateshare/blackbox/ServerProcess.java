package org.privateshare.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A real server: the jar in a process of its own, on a port of the system's choice.
///
/// Closing kills the process.
final class ServerProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("(?:localhost|127\\.0\\.0\\.1):(\\d+)");

  private final Process process;
  private final Output output;
  private int port;

  private ServerProcess(Process process) {
    this.process = process;
    this.output = new Output(process);
  }

  /// How a server is to be started.
  ///
  /// @param before words before `java`, such as a tracer; none as a rule
  /// @param jvm options of the virtual machine
  /// @param options options of `serve`
  record Setup(Path share, List<String> before, List<String> jvm, List<String> options) {
    /// The tests' small disks leave no room for the floor of every day.
    static Setup of(Path share) {
      List<String> jvm = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
      return new Setup(share, List.of(), jvm, List.of("--free-floor", "1"));
    }

    Setup before(String... words) {
      return new Setup(share, List.of(words), jvm, options);
    }

    Setup jvm(String... words) {
      return new Setup(share, before, List.of(words), options);
    }

    Setup options(String... words) {
      return new Setup(share, before, jvm, List.of(words));
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
      try {
        return new ServerProcess(Shell.builder(Path.of("."), command).start());
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

  /// The processor time that the process has used so far.
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    kill();
  }
}
