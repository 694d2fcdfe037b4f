package org.privateshare.blackbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Coming into the page and leaving it: the link, the form, the cookie, what a key doesn't allow.
@Tag("browser")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ComingInTest {
  @TempDir private static Path home;
  private static Site site;

  @BeforeAll
  static void start() throws IOException {
    site = Site.in(home);
    Files.createDirectories(site.share().resolve("inbox/old"));
    Files.writeString(site.share().resolve("inbox/a.txt"), "a");
    Files.writeString(site.share().resolve("secret.txt"), "s");
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static String url(String path) {
    return site.server().url(path);
  }

  @Test
  void theLinkOfTheBannerSignsInAndLeavesTheAddressBar() throws IOException {
    BrowserContext visitor = site.visitor();
    Page page = visitor.newPage();
    String fragment = site.server().ownerKey() + "@" + site.server().fingerprint();
    page.navigate(url("#" + fragment));
    Site.awaitFolder(page);
    assertThat(page).hasURL(url(""));
    assertThat(page.getByRole(AriaRole.LINK, name("inbox"))).isVisible();
    assertThat(page.evaluate("history.length")).as("no page before with the key").isIn(1, 2);
    visitor.close();
  }

  @Test
  void theCookieIsNoScriptsAndNoOtherSites() throws IOException {
    BrowserContext visitor = site.visitor();
    Page page = site.open(visitor, "", site.server().ownerKey());
    List<Cookie> cookies = visitor.cookies();
    assertThat(cookies).hasSize(1);
    Cookie cookie = cookies.getFirst();
    assertThat(cookie.name).isEqualTo("__Host-privateshare-" + site.server().port());
    assertThat(cookie.httpOnly).isTrue();
    assertThat(cookie.secure).isTrue();
    assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
    assertThat(cookie.value).doesNotContain(site.server().ownerKey());
    assertThat(page.evaluate("document.cookie")).isEqualTo("");
    visitor.close();
  }

  @Test
  void aFormTakesAKeyAWrongOneIsToldAndSigningOutEndsIt() throws IOException {
    BrowserContext visitor = site.visitor();
    Page page = visitor.newPage();
    Response asked = page.navigate(url("inbox/"));
    assertThat(asked.status()).isEqualTo(401);
    assertThat(asked.headerValue("www-authenticate")).isNull();
    page.getByLabel("Key").fill("ps1_wrong");
    page.getByRole(AriaRole.BUTTON, name("Sign in")).click();
    assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    page.getByLabel("Key").fill(site.server().ownerKey());
    page.keyboard().press("Enter");
    Site.awaitFolder(page);
    assertThat(page).hasURL(url("inbox/"));
    assertThat(page.getByRole(AriaRole.LINK, name("a.txt"))).isVisible();
    String cookie = visitor.cookies().getFirst().value;
    page.getByRole(AriaRole.BUTTON, name("Sign out")).click();
    assertThat(page.getByLabel("Key")).isVisible();
    assertThat(visitor.cookies()).isEmpty();
    assertThat(page.navigate(url("inbox/")).status()).isEqualTo(401);
    String kept = "Cookie: __Host-privateshare-" + site.server().port() + "=" + cookie;
    assertThat(Shell.run("curl", "-sk", "-w", "%{http_code}", "-H", kept, url("inbox/")))
        .as("the session is over, whoever kept the cookie")
        .endsWith("401");
    visitor.close();
  }

  @Test
  void withoutScriptTheFormSignsInListsAndSignsOut() throws IOException {
    BrowserContext visitor =
        site.visitor(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    Page page = visitor.newPage();
    page.navigate(url(""));
    page.getByLabel("Key").fill(site.server().ownerKey());
    page.getByRole(AriaRole.BUTTON, name("Sign in")).click();
    assertThat(page).hasURL(url(""));
    page.getByRole(AriaRole.LINK, name("inbox")).click();
    assertThat(page.getByRole(AriaRole.LINK, name("a.txt"))).isVisible();
    page.getByRole(AriaRole.BUTTON, name("Sign out")).click();
    assertThat(page.getByLabel("Key")).isVisible();
    visitor.close();
  }

  @Test
  void whatAKeyDoesNotAllowIsNotShown() {
    String guest = site.key("--rights", "list,get", "--path", "inbox/");
    BrowserContext visitor = site.visitor();
    Page page = site.open(visitor, "inbox/", guest);
    assertThat(page.getByRole(AriaRole.LINK, name("a.txt"))).isVisible();
    for (String name : List.of("Upload files", "New folder", "Rename", "Delete")) {
      assertThat(page.getByRole(AriaRole.BUTTON, name(name))).hasCount(0);
    }
    assertThat(page.locator(".crumbs a")).hasCount(1);
    page.getByRole(AriaRole.BUTTON, name("Help")).click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("choose none");
    assertThat(page.getByRole(AriaRole.DIALOG))
        .not()
        .containsText(Pattern.compile("rename|delete|upload"));
    for (String outside : List.of("", "secret.txt")) {
      assertThat(page.navigate(url(outside)).status()).as(outside).isEqualTo(404);
    }
    visitor.close();
  }

  @Test
  void aLinkShowsAFolderToReadWithoutACookie() {
    String link = site.key("--link", "--rights", "list,get", "--path", "inbox/");
    BrowserContext visitor = site.visitor();
    Page page = visitor.newPage();
    page.navigate(url("inbox/?key=" + link));
    Site.awaitFolder(page);
    assertThat(visitor.cookies()).isEmpty();
    page.getByRole(AriaRole.LINK, name("old")).click();
    Site.awaitFolder(page);
    assertThat(page.locator(".empty")).isVisible();
    visitor.close();
  }

  @Test
  void aLinkOnAnotherSiteFindsTheSession() throws IOException {
    BrowserContext visitor = site.visitor();
    var _ = site.open(visitor, "", site.server().ownerKey());
    Page elsewhere = visitor.newPage();
    elsewhere.navigate("data:text/html,<a href='" + url("inbox/") + "'>there</a>");
    elsewhere.getByText("there").click();
    Site.awaitFolder(elsewhere);
    assertThat(elsewhere.getByRole(AriaRole.LINK, name("a.txt"))).isVisible();
    visitor.close();
  }

  private static Page.GetByRoleOptions name(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
