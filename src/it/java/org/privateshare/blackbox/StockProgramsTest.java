package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs that everybody has, as they come, against the encrypted door.
@Tag("interop")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StockProgramsTest {
  private static final Content SENT = new Content(1, 3_000_000);
  private static final Content SERVED = new Content(2, 20_000_000);
  private static final String SOMEONE_ELSE = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @TempDir private static Path share;
  private static ServerProcess server;

  @TempDir private Path folder;

  @BeforeAll
  static void serve() throws IOException {
    SERVED.writeTo(share.resolve("served"));
    server = ServerProcess.Setup.of(share).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"--http1.1, 1.1", "--http2, 2"})
  void curlPutsListsGetsAndDeletes(String option, String version) throws IOException {
    String name = "over-" + version;
    SENT.writeTo(folder.resolve(name));
    assertThat(curl(option, "-T", name, server.url("new/")))
        .matches("stored new/\\Q" + name + "\\E: 3000000 bytes, crc32c:[0-9a-f]{8}\n")
        .satisfies(
            _ -> assertThat(SENT.isIn(share.resolve("new").resolve(name))).as("stored").isTrue());
    assertThat(curl(option, server.url("new/")).lines()).contains(name);
    assertThat(curl(option, "-H", "Accept: application/json", server.url("new/")))
        .contains("{\"name\":\"" + name + "\",\"type\":\"file\",\"size\":3000000,\"modified\":\"");
    String status = "%{http_version} %{http_code}";
    assertThat(curl(option, "-w", status, "-o", "got", server.url("new/" + name)))
        .isEqualTo(version + " 200");
    assertThat(SENT.isIn(folder.resolve("got"))).isTrue();
    assertThat(curl(option, "-w", status, "-X", "DELETE", server.url("new/" + name)))
        .isEqualTo(version + " 204");
    assertThat(share.resolve("new").resolve(name)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void curlIsRefusedATakenNameAndTheFileStays(String option) throws IOException {
    SENT.writeTo(folder.resolve("served"));
    Shell.Result refused =
        tryCurl(option, "--fail-with-body", "-T", "served", server.url("served"));
    assertThat(refused.exit()).isEqualTo(22);
    assertThat(refused.out()).contains("taken: \"served\" exists already\n").contains("error: 409");
    assertThat(SERVED.isIn(share.resolve("served"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void curlGetsAPartAndGoesOnWhereItStopped(String option) throws IOException {
    String status = "%{http_code}";
    String url = server.url("served");
    assertThat(curl(option, "-w", status, "-r", "0-999999", "-o", "got", url)).isEqualTo("206");
    assertThat(SERVED.beginsIn(folder.resolve("got"), 1_000_000)).isTrue();
    assertThat(curl(option, "-w", status, "-C", "-", "-o", "got", url)).isEqualTo("206");
    assertThat(SERVED.isIn(folder.resolve("got"))).isTrue();
    assertThat(curl(option, "-w", status, "-r", "20000000-", "-o", "none", url)).isEqualTo("416");
  }

  @Test
  void curlTalksToNobodyButThePinnedServer() {
    String[] pinned = {"curl", "-sS", "-k", "--pinnedpubkey", SOMEONE_ELSE, server.url("served")};
    assertThat(Shell.attempt(folder, pinned).exit()).isEqualTo(90);
    String[] trusting = {"curl", "-sS", server.url("served")};
    assertThat(Shell.attempt(folder, trusting).exit()).as("self-signed").isEqualTo(60);
  }

  @Test
  void curlNeedsAGoodKeyInOneOfTwoWays() throws IOException {
    assertThat(statusWith()).isEqualTo("401");
    assertThat(statusWith("-u", ":wrong")).isEqualTo("401");
    assertThat(statusWith("-H", "Authorization: Bearer wrong")).isEqualTo("401");
    assertThat(statusWith("-u", ":" + server.ownerKey())).isEqualTo("200");
    assertThat(statusWith("-u", "anyone:" + server.ownerKey())).isEqualTo("200");
    assertThat(statusWith("-H", "Authorization: Bearer " + server.ownerKey())).isEqualTo("200");
  }

  /// `curl -T -` doesn't know the length: chunked in HTTP/1.1, until the end of the stream in 2.
  @ParameterizedTest
  @CsvSource({"--http1.1, piped-1", "--http2, piped-2"})
  void curlPutsWhatIsPipedIntoIt(String option, String name) throws IOException {
    SENT.writeTo(folder.resolve("source"));
    List<String> command = new ArrayList<>(List.of("sh", "-c", "cat source | \"$@\"", "sh"));
    command.addAll(curlCommand(option, "-T", "-", server.url(name)));
    Shell.Result result = Shell.attempt(folder, command.toArray(String[]::new));
    assertThat(result.out()).startsWith("stored " + name + ": 3000000 bytes");
    assertThat(SENT.isIn(share.resolve(name))).isTrue();
  }

  /// It would wait a minute for the word, and sends nothing after a refusal.
  @Test
  void curlIsToldToGoOnOnlyWhenTheFileIsWelcome() throws IOException {
    SENT.writeTo(folder.resolve("source"));
    List<String> asking = List.of("--http1.1", "-v", "--expect100-timeout", "60", "-H");
    List<String> words = new ArrayList<>(asking);
    words.addAll(List.of("Expect: 100-continue", "-T", "source", server.url("expected")));
    String[] request = words.toArray(String[]::new);
    assertThat(curl(request)).contains("< HTTP/1.1 100 ", "< HTTP/1.1 201 ");
    assertThat(SENT.isIn(share.resolve("expected"))).isTrue();
    assertThat(curl(request)).contains("< HTTP/1.1 409 ").doesNotContain("< HTTP/1.1 100 ");
  }

  @Test
  void wgetGetsGoesOnAndKnowsThePin() throws IOException {
    String key = "--header=Authorization: Bearer " + server.ownerKey();
    String pin = "--pinnedpubkey=" + server.fingerprint();
    assertThat(wget(pin, key, "-O", "one").exit()).isZero();
    assertThat(SERVED.isIn(folder.resolve("one"))).isTrue();
    assertThat(wget("--user=me", "--password=" + server.ownerKey(), "-O", "two").exit())
        .as("Basic, after the server has asked for it")
        .isZero();
    assertThat(SERVED.isIn(folder.resolve("two"))).isTrue();
    var _ = Shell.attempt(folder, "truncate", "-s", "1000000", "one");
    assertThat(wget(pin, key, "-c", "-O", "one").exit()).isZero();
    assertThat(SERVED.isIn(folder.resolve("one"))).isTrue();
    assertThat(wget("--pinnedpubkey=" + SOMEONE_ELSE, key, "-O", "no").exit()).isEqualTo(5);
    assertThat(wget("--password=wrong", "--user=me", "-O", "no").exit()).isEqualTo(6);
  }

  @Test
  void aria2GetsOneFileOverSeveralConnections() throws IOException {
    String name = "in-pieces";
    SERVED.writeTo(share.resolve(name));
    String key = "--header=Authorization: Bearer " + server.ownerKey();
    String several = "--split=4 --max-connection-per-server=4 --min-split-size=1M";
    List<String> command = new ArrayList<>(List.of("aria2c", "-q", "--no-conf"));
    command.addAll(List.of(several.split(" ")));
    command.addAll(List.of("--check-certificate=false", key, "-o", "got", server.url(name)));
    Shell.Result result = Shell.attempt(folder, command.toArray(String[]::new));
    assertThat(result.exit()).as(result.out()).isZero();
    assertThat(SERVED.isIn(folder.resolve("got"))).isTrue();
    Await.until(
        "the log has three parts",
        () -> server.log().lines().filter(line -> line.contains(name + "\" 206")).count() >= 3);
  }

  /// Its `http` remote takes lists from HTML pages only, which this server has none of: a file has
  /// to be named.
  @Test
  void rcloneCopiesAFileThatIsNamed() throws IOException {
    String url = server.url("");
    String remote =
        ":http,url='" + url + "',headers='Authorization,Bearer " + server.ownerKey() + "':served";
    Shell.Result result =
        Shell.attempt(
            folder, "rclone", "--config=", "--no-check-certificate", "copyto", remote, "got");
    assertThat(result.exit()).as(result.out()).isZero();
    assertThat(SERVED.isIn(folder.resolve("got"))).isTrue();
    assertThat(Files.getLastModifiedTime(folder.resolve("got")).toInstant().getEpochSecond())
        .isEqualTo(Files.getLastModifiedTime(share.resolve("served")).toInstant().getEpochSecond());
  }

  private Shell.Result wget(String... words) {
    List<String> command = new ArrayList<>(List.of("wget", "-q", "--no-config", "--tries=1"));
    command.addAll(List.of("--no-check-certificate", server.url("served")));
    command.addAll(List.of(words));
    return Shell.attempt(folder, command.toArray(String[]::new));
  }

  private String statusWith(String... words) {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-k", "-o", "/dev/null"));
    command.addAll(List.of("--pinnedpubkey", server.fingerprint(), "-w", "%{http_code}"));
    command.addAll(List.of(words));
    command.add(server.url("served"));
    return Shell.attempt(folder, command.toArray(String[]::new)).out();
  }

  /// What curl says when it succeeds.
  private String curl(String... words) throws IOException {
    Shell.Result result = tryCurl(words);
    assertThat(result.exit()).as(result.out()).isZero();
    return result.out();
  }

  private Shell.Result tryCurl(String... words) throws IOException {
    return Shell.attempt(folder, curlCommand(words).toArray(String[]::new));
  }

  private static List<String> curlCommand(String... words) throws IOException {
    return Curl.command(server, words);
  }
}
