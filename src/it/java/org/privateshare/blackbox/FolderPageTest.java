package org.privateshare.blackbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What one sees of a folder, and does with what is in it.
@Tag("browser")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class FolderPageTest {
  private static final int MANY = 100_000;
  private static final String MARKUP = "<img src=x onerror=\"globalThis.__xss=1\">.txt";
  private static final String TURNED = "ev\u202eil.txt";
  private static final String QUOTES = "'\"><svg onload='globalThis.__xss=1'>.md";

  @TempDir private static Path home;
  private static Site site;
  private static BrowserContext visitor;
  private static Page page;

  @BeforeAll
  static void start() throws IOException {
    site = Site.in(home);
    visitor = site.visitor();
    page = visitor.newPage();
    page.navigate(site.server().url("#" + site.server().ownerKey()));
    Site.awaitFolder(page);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static Path folder(String name) throws IOException {
    return Files.createDirectory(site.share().resolve(name));
  }

  private static void file(Path folder, String name, int size) throws IOException {
    Files.writeString(folder.resolve(name), "x".repeat(size));
  }

  private static void open(String path) {
    page.navigate(site.server().url(path));
    Site.awaitFolder(page);
  }

  @Test
  void aFolderIsSortedAndFilteredWithoutALoad() throws IOException {
    Path folder = folder("sorted");
    Files.createDirectory(folder.resolve("zoo"));
    file(folder, "file10.txt", 1);
    file(folder, "File2.txt", 300);
    file(folder, "apple.txt", 20);
    open("sorted/");
    page.evaluate("globalThis.stayed = true");
    awaitNames("zoo", "apple.txt", "File2.txt", "file10.txt");
    assertThat(columnHeader("Name")).hasAttribute("aria-sort", "ascending");
    page.getByRole(AriaRole.LINK, named("Size")).click();
    awaitNames("zoo", "File2.txt", "apple.txt", "file10.txt");
    assertThat(columnHeader("Size")).hasAttribute("aria-sort", "descending");
    page.getByLabel("Filter by name").fill("FILE");
    awaitNames("File2.txt", "file10.txt");
    assertThat(page.locator("#files caption")).containsText("2 entries");
    assertThat(page).hasURL(Pattern.compile(".*match=FILE.*"));
    page.getByLabel("Filter by name").fill("nothing like it");
    awaitNames();
    assertThat(page.evaluate("globalThis.stayed")).isEqualTo(true);
  }

  private static Locator columnHeader(String name) {
    return page.getByRole(AriaRole.COLUMNHEADER, named(name));
  }

  @Test
  void namesWithMarkupAreTextEverywhere() throws IOException {
    Path folder = folder("hostile");
    file(folder, MARKUP, 3);
    file(folder, QUOTES, 3);
    file(folder, TURNED, 3);
    Files.createDirectory(folder.resolve("<b>folder"));
    open("hostile/");
    awaitNames("<b>folder", QUOTES, MARKUP, "ev\\u{202e}il.txt");
    page.getByRole(AriaRole.LINK, named("Name")).click();
    awaitNames("<b>folder", "ev\\u{202e}il.txt", MARKUP, QUOTES);
    page.getByRole(AriaRole.LINK, named(MARKUP)).click();
    assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.HEADING)).hasText(MARKUP);
    page.keyboard().press("Escape");
    page.getByLabel("Choose " + QUOTES).check();
    button("Delete").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText(QUOTES);
    page.keyboard().press("Escape");
    page.getByRole(AriaRole.LINK, named("<b>folder")).click();
    assertThat(page.getByRole(AriaRole.HEADING, named("<b>folder"))).isVisible();
    assertThat(page.evaluate("typeof globalThis.__xss")).isEqualTo("undefined");
    assertThat(page.locator("main img, main svg, main b").count()).isZero();
  }

  @Test
  void aHundredThousandFilesComeAsOneScrolls() throws IOException {
    Path folder = folder("many");
    for (int i = 0; i < MANY; i++) {
      Files.createFile(folder.resolve(name(i)));
    }
    open("many/");
    assertThat(page.locator("#files caption")).containsText("100,000 entries");
    assertThat(page.locator("#files tbody tr[data-name]")).hasCount(1000);
    for (int pages = 2; pages <= 4; pages++) {
      page.mouse().wheel(0, 1_000_000);
      assertThat(page.locator("#files tbody:nth-of-type(" + pages + ")")).isAttached();
    }
    page.getByLabel("Choose all that are shown").check();
    assertThat(chosen()).hasText(Pattern.compile("^[2-9],000 of 100,000 entries chosen$"));
    button("Choose all 100,000").click();
    assertThat(chosen()).hasText("All 100,000 entries chosen");
    assertThat(button("Download zip")).isFocused();
    assertThat(button("Delete")).isHidden();
    button("Clear").click();
    page.getByLabel("Filter by name").fill("file-09");
    assertThat(page.locator("#files caption")).containsText("10,000 entries");
    page.getByLabel("Choose all that are shown").check();
    button("Choose all 10,000").click();
    assertThat(chosen()).hasText("10,000 entries chosen");
    page.getByLabel("Filter by name").fill("file-09999");
    assertThat(page.locator("#files tbody tr[data-name]")).hasCount(10);
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "file-%06d", number);
  }

  @Test
  void whatIsChosenComesAsZip() throws IOException {
    Path folder = folder("zipped");
    file(folder, "a.txt", 3);
    file(folder, "b.txt", 4);
    file(folder, "c.txt", 5);
    Files.createDirectory(folder.resolve("sub"));
    file(folder.resolve("sub"), "d.txt", 6);
    open("zipped/");
    for (String name : List.of("a.txt", "c.txt", "sub")) {
      page.getByLabel("Choose " + name).check();
    }
    assertThat(page.getByText("3 entries chosen")).isVisible();
    Download got = page.waitForDownload(() -> button("Download zip").click());
    assertThat(got.suggestedFilename()).isEqualTo("zipped.zip");
    try (ZipFile zip = new ZipFile(got.path().toFile())) {
      assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(Object::toString))
          .containsExactlyInAnyOrder("zipped/a.txt", "zipped/c.txt", "zipped/sub/d.txt");
    }
  }

  @Test
  void filesAreShownWhereThatIsSafe() throws IOException {
    Path folder = folder("shown");
    Files.writeString(folder.resolve("a.txt"), "<b>plain</b> text");
    Files.write(folder.resolve("b.png"), PNG);
    Files.writeString(folder.resolve("c.html"), "<script>globalThis.__xss = 1</script>");
    Files.writeString(folder.resolve("d.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    open("shown/");
    page.getByRole(AriaRole.LINK, named("a.txt")).click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog.locator("pre")).hasText("<b>plain</b> text");
    button("Next").click();
    assertThat(dialog.getByRole(AriaRole.IMG)).isVisible();
    assertThat(button("Previous")).isFocused();
    assertThat(page.evaluate("document.querySelector('dialog img').naturalWidth")).isEqualTo(1);
    page.keyboard().press("Escape");
    assertThat(dialog).hasCount(0);
    for (String name : List.of("c.html", "d.svg")) {
      Download got = page.waitForDownload(() -> page.getByRole(AriaRole.LINK, named(name)).click());
      assertThat(got.suggestedFilename()).isEqualTo(name);
    }
    assertThat(page.evaluate("typeof globalThis.__xss")).isEqualTo("undefined");
  }

  /// One black pixel.
  private static final byte[] PNG =
      HexFormat.of()
          .parseHex(
              "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
                  + "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082");

  @Test
  void foldersAreMadeFilesRenamedAndRemovedIntoTheHistory() throws IOException {
    Path folder = folder("changed");
    open("changed/");
    button("New folder").click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("made");
    page.keyboard().press("Enter");
    awaitNames("made");
    file(folder, "old.txt", 3);
    open("changed/");
    page.getByLabel("Choose old.txt").check();
    button("Rename").click();
    page.getByLabel("New name").fill("made");
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Rename")).click();
    assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ALERT)).containsText("made");
    assertThat(page.getByLabel("New name")).isFocused();
    page.getByLabel("New name").fill("new.txt");
    page.keyboard().press("Enter");
    awaitNames("made", "new.txt");
    assertThat(folder.resolve("new.txt")).hasContent("xxx");
    Path deep = Files.createDirectories(folder.resolve("made/with ü/% empty"));
    page.getByLabel("Choose new.txt").check();
    page.getByLabel("Choose made").check();
    button("Delete").click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Delete")).click();
    assertThat(page.getByText("Nothing to show")).isVisible();
    assertThat(folder).isEmptyDirectory();
    String history = site.server().url(".privateshare/history/changed/");
    assertThat(Shell.run(Curl.command(site.server(), history).toArray(String[]::new)))
        .contains("changed/new.txt");
    button("Undo").click();
    awaitNames("made", "new.txt");
    assertThat(folder.resolve("new.txt")).hasContent("xxx");
    assertThat(deep).isEmptyDirectory();
    assertThat(button("Undo")).hasCount(0);
  }

  @Test
  void theOtherWaysWorkAsTheyStandThere() throws IOException {
    Path folder = folder("ways it's");
    file(folder, "a.txt", 3);
    open("ways%20it's/");
    button("Other ways").click();
    Locator lines = page.getByRole(AriaRole.DIALOG).locator("pre");
    String list = lines.first().innerText();
    assertThat(list).startsWith("curl ").doesNotContain("ps1_").contains("--pinnedpubkey");
    String asTyped = list.replace("-u me", "-u \"me:$KEY\"");
    assertThat(Shell.run("env", "KEY=" + site.server().ownerKey(), "sh", "-c", asTyped + " -sS"))
        .isEqualTo("a.txt\n");
    page.getByLabel("Copy: List this folder").click();
    assertThat(page.getByLabel("Copy: List this folder")).hasText("Copied");
    page.keyboard().press("Escape");
  }

  private static void awaitNames(String... names) {
    assertThat(page.locator("#files tbody tr[data-name] th")).hasText(names);
  }

  private static Locator chosen() {
    return page.locator(".choice p");
  }

  private static Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, named(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
