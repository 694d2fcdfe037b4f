package org.privateshare.blackbox;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A share, its server, and a browser that knows the server: what every test of the page needs. For
/// one thread; closing ends all.
final class Site implements AutoCloseable {
  private final Path share;
  private final ServerProcess server;
  private final Chromium browser;

  private Site(Path share, ServerProcess server, Chromium browser) {
    this.share = share;
    this.server = server;
    this.browser = browser;
  }

  /// An empty share in a folder of its own below `home`.
  static Site in(Path home) throws IOException {
    Path share = Files.createDirectory(home.resolve("share"));
    ServerProcess server = ServerProcess.Setup.of(share).start();
    try {
      return new Site(share, server, Chromium.trusting(server.fingerprint()));
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  Path share() {
    return share;
  }

  ServerProcess server() {
    return server;
  }

  /// Somebody with nothing remembered.
  BrowserContext visitor() {
    return browser.visitor();
  }

  /// The same with options of their own.
  BrowserContext visitor(Browser.NewContextOptions options) {
    return browser.visitor(options);
  }

  /// A folder as the owner sees it, whose path ends with a slash, the share's being empty.
  Page open(String path) throws IOException {
    return open(visitor(), path, server.ownerKey());
  }

  /// A folder, by the link that signs in with a key.
  Page open(BrowserContext visitor, String path, String key) {
    return open(visitor, server.port(), path, key);
  }

  /// The same through another port, on which something stands before the server.
  static Page open(BrowserContext visitor, int port, String path, String key) {
    Page page = visitor.newPage();
    page.navigate("https://127.0.0.1:" + port + "/" + path + "#" + key);
    awaitFolder(page);
    return page;
  }

  /// Waits until the page of a folder is there and its scripts have taken over.
  static void awaitFolder(Page page) {
    page.waitForSelector("html.scripted main", attached());
  }

  private static Page.WaitForSelectorOptions attached() {
    return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED);
  }

  /// A new key, made on the server's own machine.
  String key(String... terms) {
    List<String> command = new ArrayList<>(ServerProcess.java());
    command.addAll(List.of("-jar", ServerProcess.jar().toString(), "key", "new"));
    command.addAll(List.of("--label", "browser"));
    command.addAll(List.of(terms));
    return Shell.run(command.toArray(String[]::new))
        .lines()
        .filter(line -> line.startsWith("ps1_"))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    browser.close();
    server.close();
  }
}
