package org.privateshare.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;

/// Another process that makes and revokes keys as fast as it can, and the test's end of it.
final class KeyProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private KeyProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.US_ASCII);
  }

  static KeyProcess start(StateFolder state) throws IOException {
    return new KeyProcess(
        java(System.getProperty("java.class.path"), KeyProcess.class, state.path()));
  }

  /// Runs a class with a main method over the folder, with what it says on stderr passed on.
  static Process java(String classPath, Class<?> main, Path folder) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            main.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// The id of the next key whose revocation was acknowledged.
  String nextRevoked() throws IOException {
    return Objects.requireNonNull(lines.readLine(), "the process ended");
  }

  /// The rest of them, once it was killed.
  List<String> restRevoked() {
    return lines.lines().filter(line -> line.length() == 22).toList();
  }

  void kill() {
    // By its handle: the process object would close our end of its output too.
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /// The other process: prints the id of each key that it has made and revoked, on a line.
  public static void main(String[] arguments) throws IOException, Refusal {
    Access access = Access.open(new StateFolder(Path.of(arguments[0])), InstantSource.system());
    Grant owner = access.authenticate(access.ownerKey());
    Terms terms = Terms.of("Ada", Rights.of(Right.GET), Scope.ALL, Terms.NEVER, false);
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    while (!out.checkError()) {
      KeyId id = access.issue(owner, terms).capability().id();
      access.revoke(owner, id);
      out.println(id);
    }
  }
}
