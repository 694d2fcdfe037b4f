package org.privateshare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every source is formatted by google-java-format. Spotless checks the same where Maven itself
/// runs on Java 21 or newer; this finds it on any Maven, because tests always run on the project's
/// JDK.
final class FormatTest {
  @Test
  void everySourceIsFormatted() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (var part : List.of("api", "code", "file", "parser", "tree", "util")) {
      command.add("--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("com.google.googlejavaformat.java.Main", "--dry-run"));
    var sources = sources();
    assertThat(sources).isNotEmpty();
    command.addAll(sources);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var reader = process.inputReader()) {
      assertThat(reader.readAllAsString())
          .as("not formatted; `./check format` or, on Java 25, `mvn spotless:apply` mends them")
          .isEmpty();
    }
    assertThat(process.waitFor()).isZero();
  }

  private static List<String> sources() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      return files.map(Path::toString).filter(name -> name.endsWith(".java")).toList();
    }
  }
}
