package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.head;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.SharePath;
import org.privateshare.net.Deadlines;
import org.privateshare.share.Limits;

/// The folder as HTML, as `docs/page.md` says, through the real server and read by a parser of
/// HTML.
@Timeout(60)
final class ShowFolderTest {
  private static final String BROWSER =
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  /// Names that other programs may have put there.
  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=window.__xss=1>",
          "<script>window.__xss=1<script>",
          "'\" onclick=alert(1) x='",
          "a&amp;b&lt;c",
          "-->",
          "\u202etxt.exe",
          "zero\u200bwidth",
          "l\u2028m",
          "javascript:alert(1)",
          "C:drive",
          "a?b#c%41+d;e",
          "é",
          "e\u0301",
          "😀",
          "\ue000\ufffd",
          " leading and trailing ",
          "[link](http:x)",
          "=cmd|'calc'!A1");

  @TempDir static Path root;
  private static DoorFixture door;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    Path few = Files.createDirectories(door.folder().resolve("few/old"));
    Path file = Files.write(few.resolveSibling("a.txt"), new byte[1_536]);
    for (Path path : List.of(file, few)) {
      Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2026-11-21T09:07:59.5Z")));
    }
    Files.createDirectory(door.folder().resolve("empty"));
    Path hostile = Files.createDirectory(door.folder().resolve("hostile"));
    for (String name : HOSTILE) {
      Files.writeString(hostile.resolve(name), name);
    }
    Path many = Files.createDirectory(door.folder().resolve("many"));
    for (int i = 0; i < 1_203; i++) {
      Files.createFile(many.resolve("n" + i));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(ISO_8859_1), UTF_8);
  }

  private static Document parse(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    return Jsoup.parse(utf8(body(answer)));
  }

  private static Document page(String key, String target) throws IOException {
    return parse(door.as(key, "GET " + target, "", BROWSER));
  }

  private static Document page(String target) throws IOException {
    return page(door.ownerKey(), target);
  }

  @Test
  void aBrowserGetsAPage() throws Exception {
    String answer = door.owner("GET /few/", "", BROWSER);
    assertThat(field(answer, "Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(field(answer, "Vary")).isEqualTo("Accept");
    assertThat(field(answer, "Cache-Control")).isEqualTo("private, no-cache");
    assertThat(field(answer, "Content-Security-Policy"))
        .contains("script-src 'self'", "require-trusted-types-for 'script'");
    assertThat(body(answer)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?json", "?recursive", "?archive=zip"})
  void whatProgramsAskForStaysTheSame(String query) throws Exception {
    assertThat(field(door.owner("GET /few/" + query, "", BROWSER), "Content-Type"))
        .doesNotContain("html");
    assertThat(body(door.owner("GET /few/", "", "Accept: */*"))).doesNotContain("<");
  }

  @Test
  void headAnswersWithTheHeadAlone() throws Exception {
    String asked = door.owner("HEAD /few/", "", BROWSER);
    assertThat(body(asked)).isEmpty();
    assertThat(head(asked))
        .isEqualTo(
            head(door.owner("GET /few/", "", BROWSER))
                .replace("Transfer-Encoding: chunked\r\n", ""));
  }

  private static List<String> names(Document page) {
    return page.select("#files tbody tr input[name=name]").eachAttr("value");
  }

  @Test
  void theTableHasARowForEachEntry() throws Exception {
    Document page = page("/few/");
    assertThat(page.title()).isEqualTo("few - privateshare");
    assertThat(page.select("h1").text()).isEqualTo("few");
    assertThat(page.select("#files caption").text()).isEqualTo("2 entries");
    assertThat(names(page)).containsExactly("old", "a.txt");
    Element old = page.select("tbody tr").getFirst();
    assertThat(old.attributes().asList())
        .extracting(Object::toString)
        .containsExactly("data-type=\"folder\"");
    assertThat(old.select("th[scope=row] a").attr("href")).isEqualTo("./old/");
    assertThat(old.select("td.size").text()).isEqualTo("folder");
    Element file = page.select("tbody tr").getLast();
    assertThat(file.attributes().asList())
        .extracting(Object::toString)
        .containsExactly("data-size=\"1536\"");
    assertThat(file.select("th a").attr("href")).isEqualTo("./a.txt");
    assertThat(file.select("td.size").text()).isEqualTo("1.5 KiB");
    assertThat(file.select("td.time time").text()).isEqualTo("2026-11-21 09:07Z");
    assertThat(file.select("td.pick input[name=name]").attr("value")).isEqualTo("a.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "'', ascending, '', '', ?sort=name&order=descending",
    "'', ascending, '', '', ?sort=size&order=descending",
    "'', ascending, '', '', ?sort=modified&order=descending",
    "?sort=size&order=descending, '', descending, '', ?sort=size&order=ascending",
    "?sort=size&order=descending, '', descending, '', ?sort=name&order=ascending",
    "?sort=modified&match=A%20B, '', '', ascending, ?sort=name&order=ascending&match=A%20B"
  })
  void theHeadSaysTheOrderAndLinksToTheOthers(
      String query, String name, String size, String modified, String link) throws Exception {
    Document page = page("/few/" + query);
    assertThat(page.select("thead th:not(.pick)").eachAttr("aria-sort"))
        .isEqualTo(List.of(name + size + modified));
    String sorted = name.isEmpty() ? size.isEmpty() ? "Changed" : "Size" : "Name";
    assertThat(page.select("thead th[aria-sort]").text()).isEqualTo(sorted);
    assertThat(page.select("thead a").eachAttr("href")).contains(link);
  }

  @Test
  void furtherRowsAreOnFurtherPages() throws Exception {
    List<String> seen = new ArrayList<>();
    String target = "/many/";
    while (!target.isEmpty()) {
      Document page = page(target);
      assertThat(page.select("caption").text()).isEqualTo("1,203 entries");
      List<String> names = names(page);
      assertThat(names).hasSizeLessThanOrEqualTo(1_000);
      seen.addAll(names);
      String more = page.select("p.more a[rel=next]").attr("href");
      target = more.isEmpty() ? "" : "/many/" + more;
    }
    assertThat(seen).isEqualTo(IntStream.range(0, 1_203).mapToObj(i -> "n" + i).toList());
  }

  @Test
  void hostileNamesAreTextAndLeadToTheirFiles() throws Exception {
    Document page = page("/hostile/");
    assertThat(names(page)).containsExactlyInAnyOrderElementsOf(HOSTILE);
    assertThat(page.select("img, tbody script, [onclick], [onerror]")).isEmpty();
    assertThat(page.select("script")).hasSize(1);
    assertThat(page.text()).doesNotContain("\u202e", "\u200b");
    for (Element row : page.select("tbody tr")) {
      String name = row.select("input").attr("value");
      URI link = URI.create("http://localhost/hostile/").resolve(row.select("a").attr("href"));
      assertThat(link.getHost()).isEqualTo("localhost");
      assertThat(utf8(body(door.owner("GET " + link.getRawPath(), "")))).isEqualTo(name);
    }
  }

  @Test
  void aHostileFolderIsTextEverywhere() throws Exception {
    for (String name : HOSTILE) {
      Path folder = Files.createDirectory(door.folder().resolve("x" + name));
      String url = Target.url(SharePath.parse("x" + name)) + "/";
      Document page = page(url + "?match=" + PathWriter.encodeParameter(name));
      assertThat(page.body().attr("data-folder")).isEqualTo(url);
      assertThat(page.select("h1 bdi, .crumbs [aria-current] bdi")).hasSize(2);
      assertThat(page.select("#match").attr("value")).isEqualTo(name);
      assertThat(page.select("img, [onclick], [onerror]")).isEmpty();
      assertThat(page.select("script")).hasSize(1);
      Files.delete(folder);
    }
  }

  @Test
  void aFilterStaysInTheFormAndTheCaption() throws Exception {
    Document page = page("/few/?match=A&order=descending");
    assertThat(page.select("caption").text()).isEqualTo("1 entry with “A”");
    assertThat(page.select("form.filter [name=sort]").val()).isEqualTo("name");
    assertThat(page.select("form.filter [name=order]").val()).isEqualTo("descending");
    assertThat(page("/few/?match=none").select("#files tbody tr")).isEmpty();
    assertThat(page("/few/?match=none").select("caption").text())
        .isEqualTo("0 entries with “none”");
  }

  @Test
  void anEmptyFolderSaysSo() throws Exception {
    Document page = page("/empty/");
    assertThat(page.select("p.empty").text()).isNotEmpty();
    assertThat(page.select("table")).isEmpty();
  }

  @Test
  void theWayUpEndsWhereTheKeyDoes() throws Exception {
    Document page = page("/few/old/");
    assertThat(page.select(".crumbs a").eachAttr("href"))
        .containsExactly("/", "/few/", "/few/old/");
    assertThat(page.select(".crumbs a").eachText()).containsExactly("All files", "few", "old");
    assertThat(page.select("a.home").attr("href")).isEqualTo("/");
    assertThat(page.body().attr("data-reach")).isEqualTo("/");
    Document low = page(door.key("list,get", "few/"), "/few/old/");
    assertThat(low.select(".crumbs a").eachAttr("href")).containsExactly("/few/", "/few/old/");
    assertThat(low.select("a.home").attr("href")).isEqualTo("/few/");
    assertThat(low.body().attr("data-reach")).isEqualTo("/few/");
  }

  @Test
  void whatTheKeyDoesntAllowIsntThere() throws Exception {
    Document owner = page("/few/");
    assertThat(owner.body().attr("data-rights")).isEqualTo("list get put replace delete admin");
    assertThat(owner.select("form.send [name=taken]").eachAttr("value"))
        .containsExactly("refuse", "rename", "replace");
    assertThat(owner.select(".space").text()).endsWith(" free");
    assertThat(owner.body().hasAttr("data-free")).isTrue();
    assertThat(owner.select(".archives button")).hasSize(2);
    assertThat(owner.body().attr("data-fingerprint")).isEqualTo(door.fingerprint());

    Document puts = page(door.key("list,put", "few/"), "/few/");
    assertThat(puts.body().attr("data-rights")).isEqualTo("list put");
    assertThat(puts.select("form.send [name=taken]").eachAttr("value"))
        .containsExactly("refuse", "rename");
    assertThat(puts.select(".pick, .archives")).isEmpty();
    assertThat(puts.select("tbody a").eachText()).containsExactly("old");
    assertThat(puts.select("tbody th").eachText()).containsExactly("old", "a.txt");

    Document reads = page(door.key("list,get", "/"), "/few/");
    assertThat(reads.select("form.send, .space")).isEmpty();
    assertThat(reads.body().hasAttr("data-free")).isFalse();
    assertThat(reads.select("tbody a").eachText()).containsExactly("old", "a.txt");
    assertThat(reads.body().attr("data-label")).isEqualTo("Ada");
  }

  @Test
  void aReadOnlyShareOnlyReads(@TempDir Path other) throws Exception {
    try (DoorFixture still =
        DoorFixture.in(
            other, HttpOptions.DEFAULT, new Limits(Long.MAX_VALUE, 0, true), Deadlines.DEFAULT)) {
      Document page = parse(still.owner("GET /", "", BROWSER));
      assertThat(page.body().attr("data-rights")).isEqualTo("list get");
      assertThat(page.select("form.send")).isEmpty();
    }
  }

  @Test
  void aLinkCarriesItsKeyOn() throws Exception {
    String key = door.link("list,get", "few/");
    Document page = parse(door.as("", "GET /few/?key=" + key, "", BROWSER));
    assertThat(page.body().attr("data-link")).isEqualTo(key);
    assertThat(page.select("main a, .home").eachAttr("href"))
        .isNotEmpty()
        .allSatisfy(href -> assertThat(href).contains("key=" + key));
    assertThat(page.select("form.filter [name=key]").val()).isEqualTo(key);
    assertThat(page.select("form.out, form.send, .pick, .archives")).isEmpty();
    assertThat(page("/few/").body().hasAttr("data-link")).isFalse();
  }

  @Test
  void aSessionCanBeEnded() throws Exception {
    String opened =
        door.as(
            "",
            "POST /.privateshare/session",
            "key=" + door.ownerKey(),
            "Content-Type: application/x-www-form-urlencoded");
    String cookie = "Cookie: " + field(opened, "Set-Cookie").replaceFirst(";.*", "");
    Document page = parse(door.as("", "GET /few/", "", BROWSER, cookie));
    assertThat(page.select("form.out").attr("action")).isEqualTo("/.privateshare/session?end");
    assertThat(page("/few/").select("form.out")).isEmpty();
  }

  @Test
  void theAssetsAreThere() throws Exception {
    Document page = page("/few/");
    String base = page.body().attr("data-assets");
    assertThat(page.select("script").attr("src")).isEqualTo(base + "folder.js");
    assertThat(door.owner("GET " + base + "folder.js", "")).startsWith("HTTP/1.1 200 ");
  }
}
