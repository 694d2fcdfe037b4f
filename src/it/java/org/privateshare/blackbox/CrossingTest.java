package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateshare.blackbox.CutProxy.How;
import org.privateshare.blackbox.CutProxy.Way;

/// An upload that died in one program, or in one version of HTTP, is finished by another.
@Tag("resume")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CrossingTest {
  private static final Content FILE = new Content(4, 48_000_000);
  private static final String NAME = "crossing";
  private static final Pattern UPLOAD =
      Pattern.compile("\\{\"id\":\"([0-9a-f]{32})\",\"path\":\"" + NAME + "\",\"offset\":(\\d+),");

  @TempDir private Path share;
  @TempDir private Path home;
  private Path file;
  private ServerProcess server;

  @BeforeEach
  void start() throws IOException {
    file = home.resolve(NAME);
    FILE.writeTo(file);
    server = ServerProcess.Setup.of(share).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TUS_JS, CURL",
    "TUS_JS, OURS",
    "CURL, TUS_JS",
    "CURL, OURS",
    "CURL, OURS_BESIDE",
    "OURS, TUS_JS",
    "OURS, CURL"
  })
  void whatOneProgramBeganAnotherFinishes(Sender first, Sender second) throws IOException {
    try (CutProxy proxy = CutProxy.to(server.port())) {
      Process dying = Sender.start(first.command(server, proxy.port(), file, NAME), home);
      proxy.at(Way.UP, FILE.size() / 2, () -> Sender.kill(dying));
      assertThat(Shell.exitCode(dying)).as("killed").isEqualTo(137);
    }
    Matcher upload = awaitUpload();
    long offset = Long.parseLong(upload.group(2));
    assertThat(offset).as("kept").isBetween(FILE.size() / 4, FILE.size() * 3 / 4);
    try (CutProxy proxy = CutProxy.to(server.port())) {
      String url =
          "https://127.0.0.1:" + proxy.port() + "/.privateshare/uploads/" + upload.group(1);
      Process finishing =
          Sender.start(
              second == Sender.TUS_JS
                  ? Sender.tusAt(file, url)
                  : second.command(server, proxy.port(), file, NAME),
              home);
      Output said = new Output(finishing);
      assertThat(Shell.exitCode(finishing)).as(said.awaitAll()).isZero();
      assertThat(FILE.isIn(share.resolve(NAME))).as("whole").isTrue();
      assertThat(proxy.passed(Way.UP)).as("sent").isLessThan(FILE.size() - offset + (4 << 20));
    }
    Report.line("resume: %s died at byte %,d, %s sent the rest", first, offset, second);
  }

  /// What is left of the upload, once the server has noticed that its sender is gone.
  private Matcher awaitUpload() {
    Matcher[] found = new Matcher[1];
    try (RawTus tus = RawTus.to(server.port())) {
      Await.until(
          "one upload that nobody is at",
          () -> {
            String uploads = tus.list();
            found[0] = UPLOAD.matcher(uploads);
            return found[0].find() && uploads.contains("\"busy\":false");
          });
    }
    return found[0];
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1, HTTP_2", "HTTP_2, HTTP_1_1"})
  void tusGoesOnOverAnotherVersionOfHttp(HttpClient.Version first, HttpClient.Version second)
      throws IOException {
    long middle = FILE.size() / 2 + 3;
    String location;
    try (RawTus tus = RawTus.over(first, server.port())) {
      location = tus.create(NAME, FILE.size()).location();
      assertThat(tus.patch(location, FILE, 0, middle).offset()).isEqualTo(middle);
    }
    try (RawTus tus = RawTus.over(second, server.port())) {
      assertThat(tus.head(location).offset()).isEqualTo(middle);
      assertThat(tus.patch(location, FILE, middle, FILE.size()).status()).isEqualTo(204);
    }
    assertThat(FILE.isIn(share.resolve(NAME))).as("whole").isTrue();
  }

  @ParameterizedTest
  @CsvSource({"--http1.1, --http2", "--http2, --http1.1"})
  void curlGoesOnOverAnotherVersionOfHttp(String first, String second) throws IOException {
    try (CutProxy proxy = CutProxy.to(server.port())) {
      proxy.cutAt(Way.UP, FILE.size() / 2, How.RESET);
      String url = "https://127.0.0.1:" + proxy.port() + "/" + NAME;
      assertThat(curl(first, "-T", file.toString(), url).exit()).as("cut").isNotZero();
    }
    String offset = awaitUpload().group(2);
    Shell.Result result = curl(second, "-C", offset, "-T", file.toString(), server.url(NAME));
    assertThat(result.out()).startsWith("stored " + NAME + ": " + FILE.size() + " bytes");
    assertThat(FILE.isIn(share.resolve(NAME))).as("whole").isTrue();
  }

  private Shell.Result curl(String... words) throws IOException {
    List<String> command = new ArrayList<>(Curl.command(server, words));
    return Shell.attempt(home, command.toArray(String[]::new));
  }
}
