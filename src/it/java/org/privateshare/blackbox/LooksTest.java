package org.privateshare.blackbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What all states of the page have in common: accessible by axe-core's rules in both themes,
/// narrow enough for a phone, small, and of this server alone. The pictures of `docs/page` are made
/// here: `-Dpictures=docs/page`.
@Tag("browser")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class LooksTest {
  /// The first view of so many files, without tus-js-client.
  private static final int FIRST_VIEW_BYTES = 60_000;

  private static final int FIRST_VIEW_FILES = 50;

  private static final String PACKING_LIST =
      """
      For the ferry
        tickets, sandwiches, the blue blanket

      For the beach
        sun cream, hats, a book each, the kite

      For the mountains
        boots, rain coats, map and compass, chocolate
      """;

  private static final int[] WIDTHS = {320, 360, 3840};

  @TempDir private static Path home;
  private static Site site;
  private static BrowserContext owner;
  private static String axe = "";
  private static int postcards;

  @BeforeAll
  static void start() throws IOException {
    site = Site.in(home);
    axe = Files.readString(Chromium.module("axe-core/axe.min.js"));
    Path folder = Files.createDirectory(site.share().resolve("Holidays"));
    Files.createDirectory(folder.resolve("Mountains"));
    Files.createDirectory(folder.resolve("Sea and sand"));
    write(folder, "Ferry timetable.pdf", 81_234);
    Files.writeString(folder.resolve("Packing list.txt"), PACKING_LIST);
    write(folder, "Sunrise.jpg", 3_456_789);
    write(folder, "The whole film.mp4", 104_857_600);
    Path wide = Files.createDirectory(site.share().resolve("Long names"));
    write(wide, "A name that goes on and on and on " + "x".repeat(120) + ".txt", 16);
    Files.createDirectory(site.share().resolve("Empty"));
    Path photos = Files.createDirectory(site.share().resolve("Photos"));
    for (int i = 1; i <= FIRST_VIEW_FILES; i++) {
      write(photos, String.format(Locale.ROOT, "The beach at noon %02d.jpg", i), i);
    }
    owner = unknown();
    State.folder(owner.newPage(), "#" + site.server().ownerKey());
  }

  private static void write(Path folder, String name, long size) throws IOException {
    new Content(size, size).writeTo(folder.resolve(name));
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  /// One state of the page, and how one comes there.
  enum State {
    SIGN_IN,
    WRONG_KEY,
    FOLDER,
    EMPTY,
    LONG_NAMES,
    NOTHING_FOUND,
    CHOSEN,
    HELP,
    OTHER_WAYS,
    NEW_FOLDER,
    DELETING,
    PREVIEW,
    UPLOADED,
    CONFLICT,
    MISSING,
    OFFLINE,
    RESULT,
    DELETED;

    boolean isSignedIn() {
      return this != SIGN_IN && this != WRONG_KEY;
    }

    void reach(Page page) throws IOException {
      switch (this) {
        case SIGN_IN -> page.navigate(site.server().url("Holidays/"));
        case WRONG_KEY -> {
          page.navigate(site.server().url("Holidays/"));
          page.getByLabel("Key").fill("ps1_wrong");
          page.keyboard().press("Enter");
          assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        }
        case EMPTY -> folder(page, "Empty/");
        case LONG_NAMES -> folder(page, "Long%20names/");
        case MISSING -> page.navigate(site.server().url("nowhere/"));
        default -> {
          folder(page, "Holidays/");
          act(page);
        }
      }
    }

    private void act(Page page) throws IOException {
      switch (this) {
        case NOTHING_FOUND -> {
          page.getByLabel("Filter by name").fill("nothing");
          assertThat(page.getByText("Nothing to show")).isVisible();
        }
        case CHOSEN -> {
          page.getByLabel("Choose Sunrise.jpg").check();
          assertThat(page.locator(".choice")).isVisible();
        }
        case HELP -> dialog(page, "Help");
        case OTHER_WAYS -> dialog(page, "Other ways");
        case NEW_FOLDER -> dialog(page, "New folder");
        case DELETING -> {
          page.getByLabel("Choose Sunrise.jpg").check();
          dialog(page, "Delete");
        }
        case PREVIEW -> {
          page.getByRole(AriaRole.LINK, named("Packing list.txt")).click();
          assertThat(page.locator("dialog pre")).isVisible();
        }
        case UPLOADED -> {
          upload(page, "Postcard " + ++postcards + ".txt");
          assertThat(page.locator(".queue li.done")).isVisible();
        }
        case CONFLICT -> {
          upload(page, "Packing list.txt");
          assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        }
        case RESULT -> {
          Path[] files = {file("Packing list.txt"), file("Postcard " + ++postcards + ".txt")};
          page.locator("#file").setInputFiles(files);
          page.evaluate("document.querySelector('form.send').submit()");
          assertThat(page.locator(".results .stored")).isVisible();
        }
        case DELETED -> {
          page.getByLabel("Choose Sunrise.jpg").check();
          dialog(page, "Delete");
          page.getByRole(AriaRole.DIALOG).getByText("Delete", EXACTLY).click();
          assertThat(page.getByRole(AriaRole.BUTTON, named("Undo"))).isVisible();
        }
        case OFFLINE -> {
          FileChooser chooser = chooser(page);
          page.context().setOffline(true);
          chooser.setFiles(file("Packing list " + System.nanoTime() + ".txt"));
          assertThat(page.locator(".queue .sum")).containsText("go on when it is back");
        }
        default -> {}
      }
    }

    private static void folder(Page page, String path) {
      page.navigate(site.server().url(path));
      Site.awaitFolder(page);
    }

    private static void dialog(Page page, String button) {
      page.getByRole(AriaRole.BUTTON, named(button)).click();
      assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    }

    private static void upload(Page page, String name) throws IOException {
      chooser(page).setFiles(file(name));
    }

    private static Path file(String name) throws IOException {
      return Files.writeString(home.resolve(name), "Sun cream\nHat\n");
    }

    private static FileChooser chooser(Page page) {
      return page.waitForFileChooser(
          () -> page.getByRole(AriaRole.BUTTON, named("Upload files")).click());
    }
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void everyStateIsAccessibleAndFitsEveryScreen(State state) throws IOException {
    BrowserContext visitor = state.isSignedIn() ? owner : unknown();
    try (Page page = visitor.newPage()) {
      state.reach(page);
      for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        assertThat(violations(page)).as(state + " " + theme).isEmpty();
        picture(page, state + "-" + theme);
      }
      for (int width : WIDTHS) {
        page.setViewportSize(width, 800);
        assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
            .as(state + " at " + width)
            .isLessThanOrEqualTo(width);
        picture(page, state + "-" + width);
      }
    } finally {
      visitor.setOffline(false);
      if (!state.isSignedIn()) {
        visitor.close();
      }
    }
  }

  /// Somebody whose browser lets axe-core into the page.
  private static BrowserContext unknown() {
    return site.visitor(new Browser.NewContextOptions().setBypassCSP(true));
  }

  /// What axe-core has to complain about, a line each.
  @SuppressWarnings("unchecked")
  private static List<String> violations(Page page) {
    var _ = page.evaluate(axe);
    return (List<String>)
        page.evaluate(
            """
            async () => (await axe.run()).violations.flatMap(({ id, nodes }) =>
              nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`))
            """);
  }

  private static void picture(Page page, String name) {
    String folder = System.getProperty("pictures", "");
    if (!folder.isEmpty()) {
      Path file = Path.of(folder, name.toLowerCase(Locale.ROOT).replace('_', '-') + ".png");
      page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }
  }

  @Test
  void theFirstViewIsSmallAndOfThisServerAlone() throws IOException {
    BrowserContext visitor = site.visitor();
    try (Page page = site.open(visitor, "Photos/", site.server().ownerKey())) {
      List<Response> all = new ArrayList<>();
      page.onResponse(all::add);
      asOnASlowPhone(visitor.newCDPSession(page));
      page.addInitScript(
          """
          globalThis.moved = 0;
          new PerformanceObserver((shifts) => {
            for (const { value } of shifts.getEntries()) globalThis.moved += value;
          }).observe({ type: 'layout-shift', buffered: true });
          """);
      page.reload();
      Site.awaitFolder(page);
      page.waitForLoadState(LoadState.NETWORKIDLE);
      String home = site.server().url("");
      long bytes = 0;
      for (Response response : all) {
        assertThat(response.url()).startsWith(home);
        if (response.url().contains("/.privateshare/page/")) {
          assertThat(response.headerValue("cache-control")).contains("immutable");
          assertThat(response.headerValue("content-encoding")).isIn("gzip", "br");
        }
        bytes += response.url().endsWith("/tus.js") ? 0 : response.body().length;
      }
      assertThat(bytes).as("uncompressed").isLessThan(FIRST_VIEW_BYTES);
      assertThat(((Number) page.evaluate("moved")).doubleValue())
          .as("moved since it was painted, by the measure of Web Vitals")
          .isLessThan(0.02);
      Object painted =
          page.evaluate(
              "Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)");
      System.out.println(
          "first view of "
              + FIRST_VIEW_FILES
              + " files: "
              + all.size()
              + " requests, "
              + bytes
              + " bytes, painted after "
              + painted
              + " ms on a slow phone");
    } finally {
      visitor.close();
    }
  }

  /// Nothing cached, 1.6 Mbit/s with 150 ms there and back, a quarter of this machine's speed: what
  /// Lighthouse takes for a phone.
  private static void asOnASlowPhone(CDPSession session) {
    JsonObject cache = new JsonObject();
    cache.addProperty("cacheDisabled", true);
    session.send("Network.setCacheDisabled", cache);
    JsonObject line = new JsonObject();
    line.addProperty("offline", false);
    line.addProperty("latency", 150);
    line.addProperty("downloadThroughput", 200_000);
    line.addProperty("uploadThroughput", 93_750);
    session.send("Network.emulateNetworkConditions", line);
    JsonObject processor = new JsonObject();
    processor.addProperty("rate", 4);
    session.send("Emulation.setCPUThrottlingRate", processor);
  }

  private static final Locator.GetByTextOptions EXACTLY =
      new Locator.GetByTextOptions().setExact(true);

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
