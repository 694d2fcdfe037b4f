package org.privateshare.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of the system, run to its end, at most 30 s: what it said and how it ended.
record Tool(int exit, String output) {
  /// Runs a command with nothing on its standard input; its errors are in the output too.
  static Tool run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command[0] + " does not end");
    }
    return new Tool(process.exitValue(), output);
  }
}
