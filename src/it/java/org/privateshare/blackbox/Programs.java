package org.privateshare.blackbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The programs that have to understand each other: ours, and the stand-ins for those of 2020.
final class Programs {
  private static final Path PYTHON_SOURCES = Path.of("src/it/python").toAbsolutePath();

  private Programs() {}

  /// A client program, run as a process in a folder of its own.
  enum Client {
    OURS,
    OLD;

    /// `HOST PORT put|get NAME` or `HOST PORT list`: the grammar of 2020, which both have.
    Shell.Result run(Path folder, int port, String... request) {
      return Shell.attempt(folder, command(port, request).toArray(String[]::new));
    }

    List<String> command(int port, String... request) {
      List<String> command = new ArrayList<>();
      if (this == OURS) {
        command.addAll(ServerProcess.java());
        command.addAll(List.of("-XX:+UseSerialGC", "-jar", ServerProcess.jar().toString()));
      } else {
        command.addAll(List.of(python(), PYTHON_SOURCES.resolve("client.py").toString()));
      }
      command.addAll(List.of("127.0.0.1", Integer.toString(port)));
      command.addAll(List.of(request));
      return command;
    }
  }

  /// A server program that serves a folder until it is closed.
  sealed interface Server extends AutoCloseable {
    int port();

    @Override
    void close();
  }

  /// Ours.
  record Ours(ServerProcess process) implements Server {
    static Ours serving(Path share) {
      return new Ours(ServerProcess.Setup.of(share).start());
    }

    @Override
    public int port() {
      return process.port();
    }

    @Override
    public void close() {
      process.close();
    }
  }

  /// The stand-in for the server of 2020.
  record Old(Process process, int port) implements Server {
    static Old serving(Path folder) throws IOException {
      String program = PYTHON_SOURCES.resolve("server.py").toString();
      Process process =
          Shell.builder(folder, List.of(python(), program, "0", folder.toString())).start();
      try {
        MatchResult ready = new Output(process).await(Pattern.compile("^ready: .*:(\\d+)$"));
        return new Old(process, Integer.parseInt(ready.group(1)));
      } catch (Throwable e) {
        process.destroyForcibly();
        throw e;
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
      var _ = Shell.exitCode(process);
    }
  }

  /// The interpreter itself, past any wrapper of a version manager, which costs more than the
  /// client.
  static String python() {
    return Interpreter.PATH;
  }

  private static final class Interpreter {
    private static final String PATH =
        Shell.run("python3", "-c", "import sys; print(sys.executable)").strip();
  }
}
