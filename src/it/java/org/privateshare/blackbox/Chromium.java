package org.privateshare.blackbox;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The system's own browser without a screen, driven through Playwright, whose driver `./check`
/// gets from npm. It takes one server for genuine, by its identity, and talks to nobody else. For
/// one thread; closing ends it.
final class Chromium implements AutoCloseable {
  private static final Path MODULES = Path.of("target/node/node_modules").toAbsolutePath();

  /// Nothing that looks for the maker's servers.
  private static final List<String> OPTIONS =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /// For what shall appear: other suites may have the processors meanwhile.
  private static final double PATIENCE_MILLIS = 60_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /// Starts a browser to which one server's identity is enough.
  ///
  /// @param fingerprint as in `sha256//...`
  static Chromium trusting(String fingerprint) {
    String pin = fingerprint.substring("sha256//".length());
    List<String> options = new ArrayList<>(OPTIONS);
    options.add("--ignore-certificate-errors-spki-list=" + pin);
    System.setProperty("playwright.cli.dir", driver().toString());
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright = Playwright.create();
    try {
      BrowserType.LaunchOptions launch =
          new BrowserType.LaunchOptions()
              .setExecutablePath(program("chromium"))
              .setChromiumSandbox(false)
              .setArgs(options);
      return new Chromium(playwright, playwright.chromium().launch(launch));
    } catch (PlaywrightException e) {
      playwright.close();
      throw e;
    }
  }

  /// Somebody who comes for the first time: nothing is remembered, pages are 1280 by 800.
  BrowserContext visitor() {
    return visitor(new Browser.NewContextOptions());
  }

  /// The same with options of their own.
  BrowserContext visitor(Browser.NewContextOptions options) {
    BrowserContext visitor = browser.newContext(options.setViewportSize(1280, 800));
    visitor.setDefaultTimeout(PATIENCE_MILLIS);
    return visitor;
  }

  /// A file of a package from npm.
  static Path module(String path) {
    Path file = MODULES.resolve(path);
    if (!Files.exists(file)) {
      throw new AssertionError("no " + file + "; ./check installs it");
    }
    return file;
  }

  /// Where the driver is, laid out as Playwright wants it: `node` and `package`.
  private static synchronized Path driver() {
    Path home = MODULES.resolveSibling("driver");
    try {
      if (!Files.exists(home.resolve("node"))) {
        Files.createDirectories(home);
        Files.deleteIfExists(home.resolve("package"));
        Files.createSymbolicLink(home.resolve("package"), module("playwright-core"));
        Files.createSymbolicLink(home.resolve("node"), program("node"));
      }
      return home;
    } catch (IOException e) {
      throw new AssertionError("cannot prepare the driver", e);
    }
  }

  private static Path program(String name) {
    return Path.of(Shell.run("sh", "-c", "command -v " + name).strip());
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
