package org.privateshare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

/// The compiler's extra checks still bite: with the options of the pom, a source full of mistakes
/// is refused at exactly the lines that say so.
final class CanaryTest {
  private static final Path CANARY = Path.of("src/test/canary/Canary.java");
  private static final Pattern EXPECTED = Pattern.compile("// expect (\\w+)$");
  private static final Pattern REPORTED =
      Pattern.compile(
          "^\\S*Canary\\.java:(\\d+): (?:error|warning): \\[(\\w+)]", Pattern.MULTILINE);

  @TempDir private Path output;

  @Test
  void everyMistakeIsFoundByItsCheckAndNothingElseIs() throws Exception {
    var expected = mistakes();
    assertThat(expected).isNotEmpty();
    assertThat(reported(compile(_ -> true))).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void withoutTheChecksTheSameSourceCompiles() throws Exception {
    assertThat(compile(option -> !option.startsWith("-Xplugin"))).isEmpty();
  }

  private static List<String> mistakes() throws IOException {
    var lines = Files.readAllLines(CANARY);
    List<String> found = new ArrayList<>();
    for (int line = 1; line <= lines.size(); line++) {
      var matcher = EXPECTED.matcher(lines.get(line - 1));
      if (matcher.find()) {
        found.add(line + " " + matcher.group(1));
      }
    }
    return found;
  }

  private static List<String> reported(String compilerOutput) {
    return REPORTED
        .matcher(compilerOutput)
        .results()
        .map(match -> match.group(1) + " " + match.group(2))
        .toList();
  }

  /// Runs javac as Maven does and returns what it says.
  private String compile(Predicate<String> keep) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    pomOptions().stream().filter(keep).forEach(command::add);
    var classPath = System.getProperty("java.class.path");
    command.addAll(List.of("-proc:none", "-processorpath", classPath, "-classpath", classPath));
    command.addAll(List.of("-d", output.toString(), CANARY.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var reader = process.inputReader()) {
      return reader.readAllAsString();
    }
  }

  private static List<String> pomOptions() throws Exception {
    var pom = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse("pom.xml");
    var arguments =
        (NodeList)
            XPathFactory.newDefaultInstance()
                .newXPath()
                .evaluate("//compilerArgs/arg", pom, XPathConstants.NODESET);
    return IntStream.range(0, arguments.getLength())
        .mapToObj(index -> arguments.item(index).getTextContent())
        .toList();
  }
}
