package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.head;
import static org.privateshare.http.Answers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.page.Assets;

/// The files that pages load, as browsers get them.
@Timeout(60)
final class AssetsOverHttpTest {
  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String get(String target, String... fields) throws IOException {
    return door.as("", "GET " + target, "", fields);
  }

  @Test
  void aFileOfThePageNeedsNoKeyAndIsKeptForEver() throws Exception {
    String answer = get(Assets.ours().url("page.css"));
    assertThat(status(answer)).isEqualTo(200);
    assertThat(field(answer, "Content-Type")).isEqualTo("text/css;charset=utf-8");
    assertThat(field(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(field(answer, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(field(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(field(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(field(answer, "Content-Encoding")).isEmpty();
    assertThat(body(answer)).hasSize((int) Files.size(Path.of("src/main/web/page.css")));
    String headOnly = door.as("", "HEAD " + Assets.ours().url("page.css"), "");
    assertThat(head(headOnly)).isEqualTo(head(answer));
    assertThat(body(headOnly)).isEmpty();
  }

  @Test
  void aLongOneComesWhole() throws Exception {
    String answer = get(Assets.ours().url("tus.js"));
    assertThat(body(answer)).hasSizeGreaterThan(64 << 10).contains("tus.min.js.map");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br, GZIP;q=0.5", "*"})
  void whoTakesGzipGetsIt(String codings) throws Exception {
    String answer = get(Assets.ours().url("page.css"), "Accept-Encoding: " + codings);
    assertThat(field(answer, "Content-Encoding")).isEqualTo("gzip");
    assertThat(body(answer)).startsWith("\u001f\u008b");
    assertThat(field(answer, "Vary")).isEqualTo("Accept-Encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip;q=0", "identity", "gzipped"})
  void whoDoesNotGetsItAsItIs(String codings) throws Exception {
    String answer = get(Assets.ours().url("page.css"), "Accept-Encoding: " + codings);
    assertThat(field(answer, "Content-Encoding")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/page.css",
        "/0123456789abcdef/page.css",
        "/VERSION",
        "/VERSION/",
        "/VERSION/gone.css",
        "/VERSION/page.css/",
        "/VERSION/../VERSION/page.css",
        "/VERSION/%2e%2e/page.css",
        "/VERSION//page.css",
        "/VERSION/Page.css",
        "/VERSION/Assets.class"
      })
  void nothingElseIsThere(String rest) throws Exception {
    String base = Assets.ours().base();
    String version = base.substring(base.length() - 17, base.length() - 1);
    String answer = get("/.privateshare/page" + rest.replace("VERSION", version));
    assertThat(status(answer)).isEqualTo(404);
    assertThat(field(answer, "Cache-Control")).isEqualTo("no-store");
  }
}
