package org.privateshare.blackbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.client.http.DeadPort;

/// Uploads from a browser: dropped, chosen, as folders, cut off, taken up again, in conflict.
@Tag("browser")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class UploadPageTest {
  private static final Content LARGE = new Content(7, 60_000_000);
  private static final long CUT_AT = 40_000_000;
  private static final Instant LONG_AGO = Instant.parse("2020-02-02T20:20:20Z");
  private static final int MANY = 10_000;

  @TempDir private static Path home;
  private static Site site;
  private static Path here;

  @BeforeAll
  static void start() throws IOException {
    site = Site.in(home);
    here = Files.createDirectory(home.resolve("here"));
    LARGE.writeTo(here.resolve("large.bin"));
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  /// A folder of the share, on a page of its own.
  private static Page open(String name) throws IOException {
    Files.createDirectory(site.share().resolve(name));
    return site.open(name + "/");
  }

  @Test
  void chosenFilesAndFoldersArriveWithTheirTimes() throws IOException {
    Page page = open("chosen");
    Path tree = here.resolve("tree");
    Files.createDirectories(tree.resolve("sub dir"));
    Files.writeString(tree.resolve("Ü 世界.txt"), "one");
    Files.writeString(tree.resolve("sub dir/two.txt"), "two");
    Files.writeString(tree.resolve("empty"), "");
    Files.setLastModifiedTime(tree.resolve("Ü 世界.txt"), FileTime.from(LONG_AGO));
    page.waitForFileChooser(() -> button(page, "Upload a folder").click()).setFiles(tree);
    awaitDone(page);
    Path there = site.share().resolve("chosen/tree");
    assertThat(there.resolve("Ü 世界.txt")).hasContent("one");
    assertThat(there.resolve("sub dir/two.txt")).hasContent("two");
    assertThat(there.resolve("empty")).isEmptyFile();
    assertThat(Files.getLastModifiedTime(there.resolve("Ü 世界.txt")).toInstant())
        .isEqualTo(LONG_AGO);
    page.waitForFileChooser(() -> button(page, "Upload files").click())
        .setFiles(here.resolve("large.bin"));
    awaitDone(page);
    assertThat(LARGE.isIn(site.share().resolve("chosen/large.bin"))).isTrue();
    assertThat(page.locator("#files tbody tr[data-name] th"))
        .hasText(new String[] {"tree", "large.bin"});
    page.context().close();
  }

  @Test
  void droppedFoldersArriveWhole() throws IOException {
    Page page = open("dropped");
    Path tree = Files.createDirectories(here.resolve("many"));
    for (int i = 0; i < MANY; i++) {
      Path folder = tree.resolve("folder-" + i / 500);
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("file-" + i), "content of " + i);
    }
    Files.createDirectories(tree.resolve("empty folder"));
    drop(page, tree);
    awaitDone(page);
    var _ =
        Shell.run("diff", "-r", tree.toString(), site.share().resolve("dropped/many").toString());
    assertThat((int) page.evaluate("document.querySelectorAll('.queue li').length"))
        .as("rows of the queue")
        .isLessThan(200);
    page.context().close();
  }

  /// Drops files as the system's file manager does; a script can't make entries of folders.
  private static void drop(Page page, Path... paths) {
    CDPSession session = page.context().newCDPSession(page);
    JsonArray files = new JsonArray();
    Stream.of(paths).map(Path::toString).forEach(files::add);
    for (String type : List.of("dragEnter", "dragOver", "drop")) {
      JsonObject data = new JsonObject();
      data.add("items", new JsonArray());
      data.add("files", files);
      data.addProperty("dragOperationsMask", 1);
      JsonObject event = new JsonObject();
      event.addProperty("type", type);
      event.addProperty("x", 400);
      event.addProperty("y", 300);
      event.add("data", data);
      session.send("Input.dispatchDragEvent", event);
    }
  }

  @Test
  void aCutConnectionGoesOnWhereItWas() throws IOException {
    Files.createDirectory(site.share().resolve("cut"));
    try (CutProxy proxy = CutProxy.to(site.server().port())) {
      Page page = Site.open(site.visitor(), proxy.port(), "cut/", site.server().ownerKey());
      long before = proxy.passed(CutProxy.Way.UP);
      proxy.cutAt(CutProxy.Way.UP, before + CUT_AT, CutProxy.How.RESET);
      drop(page, here.resolve("large.bin"));
      awaitDone(page);
      assertThat(proxy.left()).as("cuts to come").isZero();
      assertThat(LARGE.isIn(site.share().resolve("cut/large.bin"))).isTrue();
      assertThat(proxy.passed(CutProxy.Way.UP) - before).isLessThan(LARGE.size() * 12 / 10);
      page.context().close();
    }
  }

  @Test
  void afterAReloadTheSameFileGoesOnAndAnotherIsSentAnew() throws IOException {
    Files.createDirectory(site.share().resolve("reloaded"));
    Path other = Files.createDirectories(here.resolve("other")).resolve("large.bin");
    new Content(8, LARGE.size()).writeTo(other);
    for (Path again : List.of(here.resolve("large.bin"), other)) {
      boolean isSame = !again.equals(other);
      try (CutProxy proxy = CutProxy.to(site.server().port());
          DeadPort nowhere = new DeadPort()) {
        BrowserContext visitor = site.visitor();
        Page page = Site.open(visitor, proxy.port(), "reloaded/", site.server().ownerKey());
        page.onDialog(Dialog::accept);
        proxy.at(
            CutProxy.Way.UP,
            proxy.passed(CutProxy.Way.UP) + CUT_AT,
            () -> {
              proxy.target(nowhere.number());
              proxy.cut(CutProxy.How.RESET);
            });
        drop(page, here.resolve("large.bin"));
        assertThat(page.getByText("can’t be reached").first()).isVisible();
        proxy.target(site.server().port());
        long before = proxy.passed(CutProxy.Way.UP);
        page.reload();
        Site.awaitFolder(page);
        Locator offer = page.locator(".queue li.offer");
        assertThat(offer).containsText("large.bin");
        page.waitForFileChooser(() -> page.getByLabel("Choose file: large.bin").click())
            .setFiles(again);
        awaitDone(page);
        Path there = site.share().resolve("reloaded/large.bin");
        assertThat(isSame ? LARGE.isIn(there) : new Content(8, LARGE.size()).isIn(there)).isTrue();
        long sent = proxy.passed(CutProxy.Way.UP) - before;
        if (isSame) {
          assertThat(sent).isLessThan(LARGE.size() / 2);
        } else {
          assertThat(sent).isGreaterThan(LARGE.size());
        }
        Files.delete(there);
        visitor.close();
      }
    }
  }

  @Test
  void aTakenNameIsAskedAbout() throws IOException {
    Page page = open("taken");
    Path there = site.share().resolve("taken");
    Path folder = Files.createDirectories(here.resolve("new"));
    for (String name : List.of("a.txt", "b.txt", "c.txt", "d.txt")) {
      Files.writeString(there.resolve(name), "old");
      Files.writeString(folder.resolve(name), "newer");
    }
    drop(page, folder.resolve("a.txt"));
    answer(page, "Skip");
    drop(page, folder.resolve("b.txt"));
    answer(page, "Replace");
    awaitDone(page);
    drop(page, folder.resolve("c.txt"), folder.resolve("d.txt"));
    page.getByLabel("The same for all others").check();
    answer(page, "Keep both");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    awaitDone(page);
    assertThat(there.resolve("a.txt")).hasContent("old");
    assertThat(there.resolve("b.txt")).hasContent("newer");
    assertThat(there.resolve("c.txt")).hasContent("old");
    assertThat(there.resolve("c (2).txt")).hasContent("newer");
    assertThat(there.resolve("d (2).txt")).hasContent("newer");
    page.context().close();
  }

  private static void answer(Page page, String word) {
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(word).setExact(true))
        .click();
  }

  @Test
  void namesThatCanNotBeAreToldAndTheRestArrives() throws IOException {
    Page page = open("refused");
    Path folder = Files.createDirectories(here.resolve("names"));
    Files.writeString(folder.resolve("a:b?.txt"), "bad");
    Files.writeString(folder.resolve("good.txt"), "good");
    drop(page, folder);
    assertThat(page.locator(".queue li.failed")).containsText("a:b?.txt");
    Path there = site.share().resolve("refused/names/good.txt");
    Await.until("the other is there", () -> Files.exists(there));
    button(page, "Dismiss: names/a:b?.txt").click();
    assertThat(page.locator(".queue li.failed")).hasCount(0);
    assertThat(page.getByLabel("Uploads, one by one")).isFocused();
    Locator row = page.locator("#files tbody th a");
    assertThat(row).hasText("names");
    button(page, "Close").click();
    assertThat(page.locator(".queue")).isHidden();
    assertThat(row).isFocused();
    drop(page, folder.resolve("a:b?.txt"));
    button(page, "Dismiss: a:b?.txt").click();
    assertThat(page.locator(".queue")).isHidden();
    assertThat(row).isFocused();
    page.context().close();
  }

  @Test
  void withoutScriptAFormUploads() throws IOException {
    Files.createDirectory(site.share().resolve("plain"));
    Files.writeString(site.share().resolve("plain/b.txt"), "old");
    Path folder = Files.createDirectories(here.resolve("form"));
    Path one = Files.writeString(folder.resolve("ä.txt"), "one");
    Path two = Files.writeString(folder.resolve("b.txt"), "two");
    BrowserContext visitor =
        site.visitor(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    Page page = visitor.newPage();
    page.navigate(site.server().url("plain/"));
    page.getByLabel("Key").fill(site.server().ownerKey());
    button(page, "Sign in").click();
    page.navigate(site.server().url("plain/"));
    page.getByLabel("Files").setInputFiles(new Path[] {one, two});
    page.getByLabel("keep both").check();
    button(page, "Upload").click();
    assertThat(page.locator("main")).containsText("ä.txt");
    Path there = site.share().resolve("plain");
    assertThat(there.resolve("ä.txt")).hasContent("one");
    assertThat(there.resolve("b.txt")).hasContent("old");
    assertThat(there.resolve("b (2).txt")).hasContent("two");
    visitor.close();
  }

  /// All that was queued is done, and nothing failed.
  private static void awaitDone(Page page) {
    Locator sum = page.locator(".queue .sum");
    assertThat(sum)
        .hasText(
            Pattern.compile("^(\\S+) of \\1 files? done$"),
            new LocatorAssertions.HasTextOptions().setTimeout(90_000));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
