package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Thousands of small files in an archive that curl sends into the folder `in` of a share, and what
/// of them is there.
///
/// @param source the files
/// @param archive the archive of them
record PackedFiles(Path source, Path archive) {
  static final int FILES = 3_000;

  private static final int FOLDERS = 10;

  /// Two or three seconds for all, so that not all are done before anybody has read a line.
  private static final String SLOWLY = "4M";

  /// A line without its end may come of an answer that was cut.
  private static final Pattern STORED =
      Pattern.compile("\\{\"path\":\"in/([^\"]+)\",\"result\":\"stored\".*\\}");

  /// What happens after so many lines.
  interface Event {
    void happen();
  }

  static PackedFiles in(Path home) throws IOException {
    Path source = Files.createDirectory(home.resolve("source"));
    for (int i = 0; i < FILES; i++) {
      Path folder = Files.createDirectories(source.resolve("d" + i % FOLDERS));
      content(i).writeTo(folder.resolve("f" + i));
    }
    Path archive = home.resolve("source.tar");
    var _ = Shell.run("tar", "-cf", archive.toString(), "-C", source.toString(), ".");
    return new PackedFiles(source, archive);
  }

  private static Content content(int number) {
    return new Content(number, 1_000 + number);
  }

  /// Sends all until something happens to the server.
  ///
  /// @param lines how many lines of the answer come before that
  /// @return the files that were acknowledged before
  List<String> sendUntil(ServerProcess server, int lines, Event event) throws IOException {
    List<String> stored = new ArrayList<>();
    try (BufferedReader answer = send(server, SLOWLY).inputReader(StandardCharsets.UTF_8)) {
      int count = 0;
      for (String line = answer.readLine(); line != null; line = answer.readLine()) {
        Matcher found = STORED.matcher(line);
        if (count < lines && found.matches()) {
          stored.add(found.group(1));
        }
        count++;
        if (count == lines) {
          event.happen();
        }
        assertThat(line).as("ended before anything happened").doesNotContain("{\"end\"");
      }
      assertThat(count).as("lines before the event").isGreaterThanOrEqualTo(lines);
    }
    return stored;
  }

  /// Sends all, which must succeed.
  void sendAll(ServerProcess server) throws IOException {
    try (BufferedReader answer = send(server, "1G").inputReader(StandardCharsets.UTF_8)) {
      assertThat(answer.lines().toList().getLast())
          .startsWith("{\"end\":")
          .endsWith("\"exists\":0,\"refused\":0}}");
    }
  }

  private Process send(ServerProcess server, String rate) throws IOException {
    List<String> command = Curl.command(server, "--no-buffer", "--limit-rate", rate, "-T", "-");
    command.add(server.url("in/?unpack=tar"));
    return new ProcessBuilder(command)
        .redirectInput(archive.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /// Checks that those that were acknowledged are there, that all that is there is whole, and that
  /// nothing is staged.
  void check(Path share, List<String> acknowledged) throws IOException {
    assertThat(Journal.staged(share)).isEmpty();
    Path in = share.resolve("in");
    for (String path : acknowledged) {
      assertThat(isWhole(in.resolve(path))).as(path).isTrue();
    }
    if (Files.exists(in)) {
      try (Stream<Path> all = Files.walk(in)) {
        assertThat(all.filter(Files::isRegularFile)).allMatch(PackedFiles::isWhole);
      }
    }
  }

  private static boolean isWhole(Path file) {
    try {
      return content(Integer.parseInt(file.getFileName().toString().substring(1))).isIn(file);
    } catch (IOException e) {
      return false;
    }
  }

  /// Checks that all are there and nothing else is.
  void checkAll(Path share) {
    assertThat(Shell.run("diff", "-r", share.resolve("in").toString(), source.toString()))
        .isEmpty();
  }
}
