package org.privateshare.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A tracer attached to a running server, which makes chosen system calls kill it or fail.
final class Strace implements AutoCloseable {
  private final Process process;
  private final Path log;

  private Strace(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Attaches to all threads of a server; `rules` are strace's own options. Returns once they hold.
  static Strace attach(ServerProcess server, String... rules) {
    Shell.need("strace");
    try {
      Path log = Files.createTempFile("privateshare-it", ".strace");
      List<String> command = new ArrayList<>(List.of("strace", "-f", "-y", "-o", log.toString()));
      command.addAll(List.of(rules));
      command.addAll(List.of("-p", Long.toString(server.pid())));
      Process process = Shell.builder(Path.of("."), command).start();
      Strace strace = new Strace(process, log);
      try {
        var _ = new Output(process).await(Pattern.compile("attached"));
        return strace;
      } catch (Throwable e) {
        strace.close();
        throw e;
      }
    } catch (IOException e) {
      throw new AssertionError("cannot trace the server", e);
    }
  }

  /// The calls seen so far, one a line.
  List<String> calls() throws IOException {
    return Files.readAllLines(log);
  }

  /// Lets go of the server and returns every call that was seen.
  List<String> detach() throws IOException {
    close();
    return calls();
  }

  @Override
  public void close() {
    try {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    log.toFile().deleteOnExit();
  }
}
