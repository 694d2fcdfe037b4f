package org.privateshare.blackbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process says, collected line by line on a thread of its own, so that it never has to wait
/// for a reader.
final class Output {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Thread reader;

  Output(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::collect);
  }

  /// Everything so far.
  String text() {
    return String.join("\n", lines);
  }

  /// Everything, once the process has closed its output.
  String awaitAll() {
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text();
  }

  /// Waits until `pattern` is found, and fails the test where the process ends before.
  MatchResult await(Pattern pattern) {
    Await.until(
        "it says " + pattern, PATIENCE, () -> pattern.matcher(text()).find() || !process.isAlive());
    Matcher found = pattern.matcher(process.isAlive() ? text() : awaitAll());
    if (!found.find()) {
      throw new AssertionError("it ended without saying " + pattern + ":\n" + text());
    }
    return found;
  }

  private void collect() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("(no more: " + e.getMessage() + ")");
    }
  }
}
