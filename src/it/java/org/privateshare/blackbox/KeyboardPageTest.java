package org.privateshare.blackbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The page without a mouse: every step is a key, and the focus is where one expects it.
@Tag("browser")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class KeyboardPageTest {
  @TempDir private static Path home;
  private static Site site;
  private static Page page;

  @BeforeAll
  static void start() throws IOException {
    site = Site.in(home);
    page = site.visitor().newPage();
    Files.createDirectory(site.share().resolve("folder"));
    Files.createDirectory(site.share().resolve("folder/sub"));
    for (String name : new String[] {"a.txt", "b.txt", "c.txt", "d.txt"}) {
      Files.writeString(site.share().resolve("folder").resolve(name), name);
    }
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void signIn() throws IOException {
    page.context().clearCookies();
    page.navigate(site.server().url("folder/"));
    tabTo("Key");
    page.keyboard().insertText(site.server().ownerKey());
    press("Enter");
    Site.awaitFolder(page);
  }

  /// Tab until the element of that name has the focus.
  private static void tabTo(String name) {
    for (int stops = 0; stops < 40; stops++) {
      if (focused().startsWith(name)) {
        return;
      }
      press("Tab");
    }
    throw new AssertionError("no Tab leads to " + name + "; the last is at " + focused());
  }

  private static String focused() {
    return (String)
        page.evaluate(
            """
            (() => {
              const at = document.activeElement;
              return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
            })()
            """);
  }

  private static void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  @Test
  void theListIsOneStopWithArrowsInIt() {
    tabTo("sub");
    press("ArrowDown");
    assertThat(focused()).isEqualTo("a.txt");
    press("End");
    assertThat(focused()).isEqualTo("d.txt");
    press("Tab");
    assertThat(focused()).isNotIn("a.txt", "b.txt", "c.txt", "d.txt");
    press("Shift+Tab");
    assertThat(focused()).isEqualTo("d.txt");
    press("Home", "Enter");
    page.waitForURL("**/folder/sub/");
    Site.awaitFolder(page);
    page.goBack();
    Site.awaitFolder(page);
    assertThat(page.getByRole(AriaRole.LINK, named("a.txt"))).isVisible();
  }

  @Test
  void rowsAreChosenByKeys() {
    tabTo("sub");
    press("ArrowDown", "Space");
    assertThat(page.getByText("1 entry chosen")).isVisible();
    press("Shift+ArrowDown", "Shift+ArrowDown");
    assertThat(page.getByText("3 entries chosen")).isVisible();
    press("Control+a");
    assertThat(page.locator("tbody input:not(:checked)")).hasCount(0);
    press("Escape");
    assertThat(page.locator("tbody input:checked")).hasCount(0);
    assertThat(page.locator(".choice")).isHidden();
    String row = focused();
    press("Space");
    tabTo("Clear");
    press("Enter");
    assertThat(page.locator(".choice")).isHidden();
    assertThat(focused()).as("where it was").isEqualTo(row);
  }

  @Test
  void keysThatArePressedBeforeTheirScriptIsThereWaitForIt() {
    List<Route> held = new ArrayList<>();
    page.route("**/keys.js", held::add);
    page.reload();
    Site.awaitFolder(page);
    page.waitForRequest("**/keys.js", () -> tabTo("sub"));
    press("ArrowDown", "Space", "Shift+ArrowDown");
    assertThat(focused()).isEqualTo("sub");
    page.unroute("**/keys.js");
    held.forEach(Route::resume);
    assertThat(page.getByText("2 entries chosen")).isVisible();
    assertThat(focused()).isEqualTo("b.txt");
  }

  @Test
  void lettersAreShortCutsInTheListOnlyAndCanBeSwitchedOff() {
    tabTo("sub");
    press("?");
    Locator help = page.getByRole(AriaRole.DIALOG);
    assertThat(help).isVisible();
    press("Escape");
    assertThat(help).hasCount(0);
    assertThat(focused()).as("where it was").isEqualTo("sub");
    press("/");
    assertThat(focused()).contains("Filter");
    page.keyboard().type("u?/");
    assertThat(page.getByLabel("Filter by name")).hasValue("u?/");
    assertThat(page.getByRole(AriaRole.LINK, named("sub"))).hasCount(0);
    press("Escape");
    assertThat(page.getByRole(AriaRole.LINK, named("sub"))).isVisible();
    assertThat(page.locator("#files[aria-busy]")).hasCount(0);
    tabTo("sub");
    press("?");
    page.getByText("Use / u ? as short cuts").click();
    press("Escape");
    assertThat(help).hasCount(0);
    press("/");
    assertThat(focused()).as("switched off").isEqualTo("sub");
  }

  /// A dialog is closed before the event that says so, and what was asked in it takes its time.
  @Test
  void theFocusStaysWhereOneHasMovedItMeanwhile() throws IOException {
    Path file = Files.writeString(site.share().resolve("folder/x.txt"), "x");
    page.reload();
    Site.awaitFolder(page);
    tabTo("sub");
    press("End", "F2");
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).isVisible();
    Object between =
        page.evaluate(
            """
            async () => {
              const dialog = document.querySelector('dialog');
              const closed = new Promise((resolve) => dialog.addEventListener('close', resolve));
              dialog.close();
              const between = document.activeElement.textContent;
              document.querySelector('#match').focus();
              await closed;
              return between;
            }
            """);
    assertThat(between).as("where it was").isEqualTo("x.txt");
    assertThat(page.getByLabel("Filter by name")).isFocused();
    tabTo("x.txt");
    press("F2");
    assertThat(dialog).isVisible();
    page.keyboard().insertText("y");
    page.evaluate(
        """
        globalThis.fetch = ((fetch) => (...request) => {
          document.querySelector('#match').focus();
          return fetch(...request);
        })(globalThis.fetch)
        """);
    press("Enter");
    assertThat(page.getByRole(AriaRole.LINK, named("y.txt"))).isVisible();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("is now");
    assertThat(page.getByLabel("Filter by name")).isFocused();
    Files.delete(file.resolveSibling("y.txt"));
  }

  @Test
  void fromSignInToUploadToRenameToDeletion() throws IOException {
    Path file = Files.writeString(home.resolve("upload.txt"), "by keys");
    tabTo("sub");
    FileChooser chooser = page.waitForFileChooser(() -> press("u"));
    chooser.setFiles(file);
    assertThat(page.getByRole(AriaRole.LINK, named("upload.txt"))).isVisible();
    Path there = site.share().resolve("folder/upload.txt");
    assertThat(there).hasContent("by keys");
    tabTo("sub");
    press("End");
    assertThat(focused()).isEqualTo("upload.txt");
    press("F2");
    assertThat(page.getByLabel("New name")).isFocused();
    page.keyboard().insertText("renamed");
    press("Enter");
    assertThat(page.getByRole(AriaRole.LINK, named("renamed.txt"))).isFocused();
    press("Delete");
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("renamed.txt");
    tabTo("Delete");
    press("Enter");
    assertThat(page.getByRole(AriaRole.LINK, named("renamed.txt"))).hasCount(0);
    assertThat(page.getByRole(AriaRole.LINK, named("d.txt"))).isFocused();
    assertThat(Files.exists(site.share().resolve("folder/renamed.txt"))).isFalse();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("brings it back");
    press("Control+z");
    assertThat(page.getByRole(AriaRole.LINK, named("renamed.txt"))).isFocused();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("It is back");
    Files.delete(site.share().resolve("folder/renamed.txt"));
  }

  @Test
  void aPictureOfTheClipboardArrivesByTheNameOfTheMomentAndTextStaysText() throws IOException {
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.evaluate(
        """
        async () => {
          const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
          canvas.getContext('2d').fillRect(2, 2, 4, 4);
          const png = await new Promise((take) => canvas.toBlob(take, 'image/png'));
          await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
        }
        """);
    tabTo("Filter");
    press("Control+v");
    tabTo("sub");
    press("Control+v");
    Locator pasted = page.getByRole(AriaRole.LINK).filter(containing("Pasted "));
    assertThat(pasted).hasText(Pattern.compile("Pasted \\d{4}(-\\d\\d){2} at (\\d\\d\\.){3}png"));
    Path there = site.share().resolve("folder").resolve(pasted.innerText());
    assertThat(Files.readAllBytes(there)).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(67);
    page.evaluate("navigator.clipboard.writeText('Pasted')");
    press("Control+v");
    page.getByLabel("Filter by name").press("Control+v");
    assertThat(page.getByLabel("Filter by name")).hasValue("Pasted");
    assertThat(page.locator(".queue li")).hasCount(1);
    Files.delete(there);
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
