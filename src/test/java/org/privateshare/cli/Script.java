package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.model.Fingerprint;

/// A session at a terminal, written down. A line each:
///
/// ```text
/// write PATH TEXT           make a file in the current folder, or in the share: share/NAME
/// mkdir PATH                make a folder
/// link PATH TARGET          make a symbolic link
/// privateshare WORDS        run a command line that ends with 0
/// [N] privateshare WORDS    run one that ends with N
/// stdout PATTERN            a regular expression found in what the last one wrote as data
/// stderr PATTERN            ... or as talk
/// !stdout PATTERN           not found there; so with !stderr
/// holds PATH TEXT           the file holds just this
/// missing PATH              nothing is there
/// stdin TEXT                what the next one finds on standard input
/// answer TEXT               what somebody at the terminal answers to the next question
/// env NAME VALUE            set a variable of the environment; a path for XDG_STATE_HOME
/// keep NAME stdout          from now on $NAME is what the last one wrote, without the end of line
/// keep NAME stdout PATTERN  ... or of it, what the pattern's group has found
/// # anything                for the reader
/// ```
///
/// Words stand in single quotes where they are empty or hold spaces. `$SHARE` is the server's
/// HOST:PORT, `$PORT` its port, `$PIN` its fingerprint, `$DEAD` a HOST:PORT where nothing listens,
/// `$TAKEN` a port that another program listens on, `\x1b` an escape character.
final class Script {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern COMMAND = Pattern.compile("(?:\\[(\\d+)] )?privateshare(.*)");

  private final Path share;
  private final Path work;
  private final Map<String, String> variables;
  private final Map<String, String> environment = new HashMap<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private String stdin = "";
  private String stdout = "";
  private String stderr = "";

  Script(Path share, Path work, int port, int deadPort, Fingerprint identity) {
    this.share = share;
    this.work = work;
    this.variables =
        new LinkedHashMap<>(
            Map.of(
                "$SHARE",
                "localhost:" + port,
                "$PORT",
                String.valueOf(port),
                "$PIN",
                identity.toString(),
                "$DEAD",
                "localhost:" + deadPort));
    environment.put("XDG_STATE_HOME", work.resolveSibling("state").toString());
  }

  void run(List<String> lines, int takenPort) throws IOException {
    variables.put("$TAKEN", String.valueOf(takenPort));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      try {
        step(line);
      } catch (AssertionError e) {
        throw new AssertionError(
            "line " + (i + 1) + ": " + line + "\nstdout: " + stdout + "\nstderr: " + stderr, e);
      }
    }
  }

  private void step(String line) throws IOException {
    Matcher command = COMMAND.matcher(line);
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (command.matches()) {
      String exit = command.group(1);
      command(exit == null ? 0 : Integer.parseInt(exit), words(command.group(2)));
      return;
    }
    String verb = line.substring(0, line.indexOf(' '));
    String rest = line.substring(verb.length() + 1);
    switch (verb) {
      case "stdout" -> assertThat(stdout).containsPattern(pattern(rest));
      case "stderr" -> assertThat(stderr).containsPattern(pattern(rest));
      case "!stdout" -> assertThat(stdout).doesNotContainPattern(pattern(rest));
      case "!stderr" -> assertThat(stderr).doesNotContainPattern(pattern(rest));
      case "stdin", "answer", "env", "keep" -> surroundings(verb, words(rest));
      default -> file(verb, words(rest));
    }
  }

  private void surroundings(String verb, List<String> words) {
    String first = words.getFirst();
    switch (verb) {
      case "stdin" -> stdin = first;
      case "answer" -> answers.add(first);
      case "env" -> environment.put(first, value(first, words.get(1)));
      default -> {
        Matcher kept = Pattern.compile(words.size() < 3 ? "(.*)" : words.get(2)).matcher(stdout);
        assertThat(kept.find()).as("something to keep").isTrue();
        variables.put("$" + first, kept.group(1));
      }
    }
  }

  private String value(String name, String value) {
    return name.equals("XDG_STATE_HOME") ? work.resolve(value).toString() : value;
  }

  private void file(String verb, List<String> words) throws IOException {
    Path path = path(words.getFirst());
    switch (verb) {
      case "write" -> Files.writeString(path, words.get(1));
      case "mkdir" -> Files.createDirectory(path);
      case "link" -> Files.createSymbolicLink(path, Path.of(words.get(1)));
      case "holds" -> assertThat(path).hasContent(words.get(1));
      case "missing" -> assertThat(path).doesNotExist();
      default -> throw new IllegalArgumentException("no such line: " + verb);
    }
  }

  private Path path(String text) {
    return text.startsWith("share/") ? share.resolve(text.substring(6)) : work.resolve(text);
  }

  private void command(int exit, List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new ByteArrayInputStream(stdin.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            new Person(answers),
            work,
            environment,
            OptionalInt::empty);
    stdin = "";
    int code = Privateshare.run(shell, words.toArray(String[]::new));
    shell.out().flush();
    stdout = out.toString(UTF_8);
    stderr = err.toString(UTF_8);
    assertThat(code).as("exit code").isEqualTo(exit);
    assertThat(stdout + stderr).as("output").doesNotContain("\u001b", "Exception", "\tat ");
  }

  /// Somebody at the terminal who knows some answers; without any, nobody is there.
  private record Person(Deque<String> answers) implements Prompt {
    @Override
    public Optional<String> secret(String question) {
      return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<String> line(String question) {
      return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<Boolean> consent(String question) {
      return Optional.ofNullable(answers.poll()).map("yes"::equals);
    }
  }

  private Pattern pattern(String text) {
    String literal = text;
    for (var variable : variables.entrySet()) {
      literal = literal.replace(variable.getKey(), Pattern.quote(variable.getValue()));
    }
    return Pattern.compile(literal, Pattern.MULTILINE);
  }

  private List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      for (var variable : variables.entrySet()) {
        word = word.replace(variable.getKey(), variable.getValue());
      }
      words.add(word.replace("\\x1b", "\u001b"));
    }
    return words;
  }
}
