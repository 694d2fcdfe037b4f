package org.privateshare.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsProviderTest {
  @TempDir private Path folder;

  @Test
  void conscryptServesWhereItsNativeLibraryLoads() {
    assumeThat(Conscrypt.isAvailable()).isTrue();
    assertThat(TlsProvider.best()).isEqualTo(TlsProvider.CONSCRYPT);
  }

  @Test
  void theJdkServesWithoutTheNativeLibrary() throws Exception {
    assertThat(bestOf(withoutNativeLibrary())).isEqualTo("JDK");
  }

  @Test
  void theJdkServesWithoutConscrypt() throws Exception {
    assertThat(bestOf()).isEqualTo("JDK");
  }

  /// What a program with just this and ours on its class path would choose.
  private static String bestOf(Path... jars) throws Exception {
    var classPath = new StringJoiner(File.pathSeparator);
    classPath.add(jarOf(TlsProvider.class).toString()).add(jarOf(Probe.class).toString());
    for (Path jar : jars) {
      classPath.add(jar.toString());
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath.toString(),
                Probe.class.getName())
            .redirectErrorStream(true)
            .start();
    try (var output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// A program of its own, with a class path of its own.
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      System.out.print(TlsProvider.best());
    }
  }

  private static Path jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Path withoutNativeLibrary() throws IOException, URISyntaxException {
    Path stripped = folder.resolve("conscrypt.jar");
    try (var from = new ZipFile(jarOf(Conscrypt.class).toFile());
        var to = new ZipOutputStream(Files.newOutputStream(stripped))) {
      for (var entry : from.stream().filter(e -> !e.getName().contains("/native/")).toList()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        try (var in = from.getInputStream(entry)) {
          in.transferTo(to);
        }
        to.closeEntry();
      }
    }
    return stripped;
  }
}
