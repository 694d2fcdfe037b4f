package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Folders as archives, made and read by the programs that everybody has.
@Tag("interop")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ArchivesTest {
  @TempDir private static Path share;
  private static ServerProcess server;

  @TempDir private Path folder;

  @BeforeAll
  static void serve() throws IOException {
    tree(share.resolve("tree"));
    server = ServerProcess.Setup.of(share).start();
  }

  /// Deep, wide, empty, long and beyond ASCII.
  private static void tree(Path top) throws IOException {
    Files.createDirectories(top.resolve("empty"));
    Path deep = Files.createDirectories(top.resolve("d/".repeat(61)));
    new Content(1, 3_000_000).writeTo(deep.resolve("deep"));
    Files.createFile(top.resolve("zero"));
    Path wide = Files.createDirectories(top.resolve("wide"));
    for (int i = 0; i < 300; i++) {
      new Content(i, i).writeTo(wide.resolve("file " + i));
    }
    new Content(2, 100).writeTo(top.resolve("l".repeat(255)));
    new Content(3, 100).writeTo(top.resolve("日本 " + "é".repeat(120)));
    Path bent = Files.createDirectories(top.resolve("m".repeat(200)).resolve("n".repeat(200)));
    new Content(4, 9_000_000).writeTo(bent.resolve("large"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Runs words of a shell in which `$CURL` is curl with the owner's key.
  private String shell(String script, String... arguments) throws IOException {
    String curl = String.join("' '", Curl.command(server));
    String[] words = new String[arguments.length + 4];
    words[0] = "bash";
    words[1] = "-c";
    words[2] = "set -e -o pipefail; curl() { command '" + curl + "' \"$@\"; }; " + script;
    words[3] = "bash";
    System.arraycopy(arguments, 0, words, 4, arguments.length);
    Shell.Result result = Shell.attempt(folder, words);
    assertThat(result.exit()).as(result.out()).isZero();
    return result.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar -x", "bsdtar -x"})
  void aTarUnpacksToTheSame(String command) throws IOException {
    String url = server.url("tree/?archive=tar");
    assertThat(shell("curl --http2 \"$1\" | $2; diff -r tree \"$3\"", url, command, tree()))
        .isEmpty();
    assertThat(times(folder.resolve("tree"))).isEqualTo(times(share.resolve("tree")));
  }

  private static String tree() {
    return share.resolve("tree").toString();
  }

  /// Of all files, to the nanosecond, which only pax says.
  private static String times(Path top) {
    return Shell.attempt(top, "sh", "-c", "find . -type f -printf '%T@ %p\\n' | sort | cksum")
        .out();
  }

  /// By their directory at the end, and by bsdtar from the beginning.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "unzip -q $zip",
        "python3 -m zipfile -e $zip .",
        "bsdtar -xf $zip",
        "cat $zip | bsdtar -xf -"
      })
  void aZipUnpacksToTheSame(String command) throws IOException {
    String url = server.url("tree/?archive=zip");
    String script = "zip=a.zip; curl \"$1\" -o $zip; " + command + "; diff -r tree \"$2\"";
    assertThat(shell(script, url, tree())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tar -c --format=pax, --http1.1",
    "tar -c --format=gnu, --http2",
    "bsdtar -c --format=pax, --http2",
    "bsdtar -c --format=gnutar, --http1.1"
  })
  void whatTheyPackIsTheSameInTheShare(String command, String version) throws IOException {
    String name = (command + version).replaceAll("[^a-z]", "");
    String url = server.url(name + "/?unpack=tar");
    String send = command + " -C \"$3\" . | curl $2 -T - \"$1\"";
    assertThat(shell(send, url, version, tree()))
        .contains("\"exists\":0,\"refused\":0}}\n")
        .doesNotContain("\"error\"");
    assertThat(Shell.run("diff", "-r", share.resolve(name).toString(), tree())).isEmpty();
    if (command.endsWith("pax")) {
      assertThat(times(share.resolve(name))).isEqualTo(times(share.resolve("tree")));
    }
    assertThat(shell(send, url, version, tree()))
        .contains("\"stored\":0,\"replaced\":0,\"made\":0,");
  }

  /// What the formats of 1979 and 1988 can't say their programs leave out or say no to.
  @ParameterizedTest
  @ValueSource(strings = {"v7", "ustar"})
  void oldFormatsAreRead(String format) throws IOException {
    String url = server.url(format + "/?unpack=tar");
    String send = "tar -c --format=" + format + " -C \"$2/wide\" . | curl -T - \"$1\"";
    assertThat(shell(send, url, tree())).contains("\"stored\":300,");
    String wide = share.resolve("tree/wide").toString();
    assertThat(Shell.run("diff", "-r", share.resolve(format).toString(), wide)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "bzip2"})
  void whatIsPackedOnceMoreIsRefused(String command) throws IOException {
    String url = server.url("packed/?unpack=tar");
    String send = "tar -c -C \"$2\" wide | " + command + " | curl -T - \"$1\" || true";
    assertThat(shell(send, url, tree())).startsWith("damaged: ").contains("packed with " + command);
    assertThat(share.resolve("packed")).doesNotExist();
  }
}
