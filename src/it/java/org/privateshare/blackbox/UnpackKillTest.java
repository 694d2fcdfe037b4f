package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server dies by `SIGKILL` in the midst of an archive of thousands of files, and starts again.
@Tag("kill")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UnpackKillTest {
  private static final int FILES = 3_000;
  private static final int FOLDERS = 10;
  private static final Pattern STORED =
      Pattern.compile("\"path\":\"in/([^\"]+)\",\"result\":\"stored\"");

  @TempDir private Path home;
  private Path share;
  private Path source;
  private ServerProcess server;

  @BeforeEach
  void start() throws IOException {
    share = Files.createDirectory(home.resolve("share"));
    source = Files.createDirectory(home.resolve("source"));
    for (int i = 0; i < FILES; i++) {
      Path folder = Files.createDirectories(source.resolve("d" + i % FOLDERS));
      new Content(i, 1_000 + i).writeTo(folder.resolve("f" + i));
    }
    var _ = Shell.run("tar", "-cf", archive().toString(), "-C", source.toString(), ".");
    server = ServerProcess.Setup.of(share).start();
  }

  private Path archive() {
    return home.resolve("source.tar");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatWasAcknowledgedIsWholeAndTheSameArchiveBringsTheRest() throws IOException {
    List<String> acknowledged = new ArrayList<>();
    for (int lines : new int[] {1, FILES / 3, FILES / 3}) {
      acknowledged.addAll(sendUntilKilled(lines));
      server = ServerProcess.Setup.of(share).start();
      assertStagingIsEmpty();
      for (String path : acknowledged) {
        assertThat(isWhole(path)).as(path).isTrue();
      }
      try (Stream<Path> all = Files.walk(share.resolve("in"))) {
        assertThat(all.filter(Files::isRegularFile))
            .allMatch(file -> isWhole(share.resolve("in").relativize(file).toString()));
      }
    }
    Process curl = send();
    try (BufferedReader answer = curl.inputReader(StandardCharsets.UTF_8)) {
      assertThat(answer.lines().toList().getLast())
          .startsWith("{\"end\":")
          .endsWith("\"exists\":0,\"refused\":0}}");
    }
    assertThat(Shell.run("diff", "-r", share.resolve("in").toString(), source.toString()))
        .isEmpty();
    assertStagingIsEmpty();
    Report.line("kill: %d members of archives acknowledged, 0 lost", acknowledged.size());
  }

  /// The files whose lines had come when the server was gone.
  private List<String> sendUntilKilled(int lines) throws IOException {
    List<String> stored = new ArrayList<>();
    Process curl = send();
    try (BufferedReader answer = curl.inputReader(StandardCharsets.UTF_8)) {
      int count = 0;
      for (String line = answer.readLine(); line != null; line = answer.readLine()) {
        Matcher found = STORED.matcher(line);
        // A line without its end may come of an answer that was cut.
        if (found.find() && line.endsWith("}")) {
          stored.add(found.group(1));
        }
        if (++count == lines) {
          server.kill();
        }
      }
      assertThat(count).as("lines before the end").isBetween(lines, FILES);
    }
    return stored;
  }

  private Process send() throws IOException {
    List<String> command = Curl.command(server, "--no-buffer", "-T", "-");
    command.add(server.url("in/?unpack=tar"));
    return new ProcessBuilder(command)
        .redirectInput(archive().toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private boolean isWhole(String path) {
    try {
      return Arrays.equals(
          Files.readAllBytes(share.resolve("in").resolve(path)),
          Files.readAllBytes(source.resolve(path)));
    } catch (IOException e) {
      return false;
    }
  }

  private void assertStagingIsEmpty() throws IOException {
    try (Stream<Path> staged = Files.list(share.resolve(".privateshare/staging"))) {
      assertThat(staged).isEmpty();
    }
  }
}
