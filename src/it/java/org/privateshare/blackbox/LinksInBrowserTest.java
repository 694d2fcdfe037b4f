package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A browser that follows links to a share.
@Tag("browser")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LinksInBrowserTest {
  private static final Content FILE = new Content(1, 5_000_000);
  private static final String NAME = "Ärger 世界.bin";
  private static final String RUNS = "document.title='ran';globalThis.ran='yes'";
  private static final String PAGE =
      "<!doctype html><title>calm</title><script>" + RUNS + "</script>";

  @TempDir private static Path home;
  private static Site site;
  private static Page page;
  private static String key;

  @BeforeAll
  static void start() throws IOException {
    site = Site.in(home);
    Path share = site.share();
    FILE.writeTo(share.resolve(NAME));
    Files.writeString(share.resolve("page.html"), PAGE);
    Files.writeString(share.resolve("page.txt"), PAGE);
    Files.writeString(share.resolve("script.js"), RUNS);
    Files.writeString(share.resolve("script.txt"), RUNS);
    key = site.key("--link", "--rights", "get");
    page = site.visitor().newPage();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void aLinkDownloadsAFileUnderItsName() throws IOException {
    Download got = download(link(NAME));
    assertThat(got.suggestedFilename()).isEqualTo(NAME);
    assertThat(FILE.isIn(got.path())).isTrue();
  }

  @Test
  void anUploadedPageIsSavedAndNotRun() throws IOException {
    Download got = download(link("page.html"));
    assertThat(got.suggestedFilename()).isEqualTo("page.html");
    assertThat(got.path()).hasContent(PAGE);
    assertThat(page.title()).isNotEqualTo("ran");
  }

  /// What a browser does that goes to a file it is told to save.
  private static Download download(String url) {
    return page.waitForDownload(
        () -> assertThatThrownBy(() -> page.navigate(url)).hasMessageContaining("Download"));
  }

  @Test
  void aPageInATextFileIsShownAsTextAndNotRun() {
    page.navigate(link("page.txt"));
    assertThat(page.evaluate("document.contentType")).isEqualTo("text/plain");
    assertThat(page.textContent("body")).isEqualTo(PAGE);
    assertThat(page.evaluate("document.title + ' ' + typeof globalThis.ran"))
        .isEqualTo(" undefined");
    assertThat(page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
        .isEqualTo("h2");
  }

  /// Not even by the page of another site that knows the link.
  @Test
  void anUploadedScriptIsRunByNoPage() throws IOException {
    Path other = Files.createDirectory(home.resolve("other-site"));
    Files.writeString(other.resolve("index.html"), "<!doctype html><title>calm</title>");
    Files.writeString(other.resolve("own.js"), RUNS);
    List<String> command = new ArrayList<>(List.of(Programs.python(), "-u", "-m"));
    command.addAll(List.of("http.server", "--bind", "127.0.0.1", "0"));
    Process process = Shell.builder(other, command).start();
    try {
      Pattern port = Pattern.compile(" port (\\d+)");
      String site = "http://127.0.0.1:" + new Output(process).await(port).group(1) + "/";
      page.navigate(site);
      assertThat(runs(site + "own.js")).as("its own script").isEqualTo("ran");
      for (String name : List.of("script.js", "script.txt")) {
        page.navigate(site);
        assertThat(runs(link(name))).as(name).isEqualTo("refused");
        assertThat(page.evaluate("typeof globalThis.ran")).isEqualTo("undefined");
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Object runs(String url) {
    return page.evaluate(
        """
        url => new Promise(done => {
          const script = document.createElement('script');
          script.src = url;
          script.onload = () => done('ran');
          script.onerror = () => done('refused');
          document.head.append(script);
        })
        """,
        url);
  }

  @Test
  void aServerOfAnotherIdentityIsNotTalkedTo() {
    String other = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    try (Chromium suspicious = Chromium.trusting(other)) {
      Page there = suspicious.visitor().newPage();
      assertThatThrownBy(() -> there.navigate(link("page.txt")))
          .hasMessageContaining("ERR_CERT_AUTHORITY_INVALID");
    }
  }

  private static String link(String name) {
    String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return site.server().url(path + "?key=" + key);
  }
}
