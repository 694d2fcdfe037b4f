package org.privateshare.blackbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A browser without a screen, driven through its DevTools protocol: one page, which saves what it
/// doesn't show in a folder. Closing ends the browser.
final class Chromium implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final Pattern ANSWER = Pattern.compile("^\\{\"id\":(\\d+),");
  private static final Pattern TARGET = Pattern.compile("\"targetId\":\"([^\"]+)\"");
  private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
  private static final Pattern ERROR = Pattern.compile("\"errorText\":\"([^\"]+)\"");
  private static final Pattern VALUE = Pattern.compile("\"value\":\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final int PATIENCE_SECONDS = 30;

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<String>> calls = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final WebSocket socket;

  private Chromium(Process process) {
    this.process = process;
    URI devTools = URI.create(new Output(process).await(READY).group(1));
    this.socket = client.newWebSocketBuilder().buildAsync(devTools, new Answers()).join();
  }

  /// Starts a browser to which one server's identity is enough.
  ///
  /// @param home a new folder for what the browser itself keeps
  /// @param fingerprint as in `sha256//...`
  static Chromium trusting(String fingerprint, Path home) throws IOException {
    String pin = fingerprint.substring("sha256//".length());
    List<String> command =
        List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--remote-debugging-port=0",
            "--user-data-dir=" + home,
            "--ignore-certificate-errors-spki-list=" + pin);
    ProcessBuilder builder = Shell.builder(Files.createDirectory(home), command);
    builder.environment().put("TMPDIR", home.toString());
    Process process = builder.start();
    try {
      return new Chromium(process);
    } catch (Throwable e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// A page that saves what it doesn't show in `downloads`.
  Page open(Path downloads) {
    String target = find(TARGET, call("", "Target.createTarget", "\"url\":\"about:blank\""));
    String attach = "\"targetId\":\"" + target + "\",\"flatten\":true";
    String session = find(SESSION, call("", "Target.attachToTarget", attach));
    var _ =
        call(
            "",
            "Browser.setDownloadBehavior",
            "\"behavior\":\"allow\",\"downloadPath\":\"" + downloads + "\"");
    return new Page(session);
  }

  /// One page of the browser.
  final class Page {
    private final String session;

    private Page(String session) {
      this.session = session;
    }

    /// Goes to an address and waits until it is all there; returns the browser's own word for why
    /// it shows something else, such as `net::ERR_ABORTED` for a file that it saves, or an empty
    /// text.
    String go(String url) {
      Matcher error = ERROR.matcher(call(session, "Page.navigate", "\"url\":\"" + url + "\""));
      if (error.find()) {
        return error.group(1);
      }
      Await.until("the page is there", () -> evaluate("document.readyState").equals("complete"));
      return "";
    }

    /// The text that an expression in the page has come to, or that its promise was kept with.
    String evaluate(String expression) {
      String quoted = expression.replace("\\", "\\\\").replace("\"", "\\\"");
      return find(
          VALUE,
          call(
              session,
              "Runtime.evaluate",
              "\"awaitPromise\":true,\"expression\":\"" + quoted + "\""));
    }
  }

  private String call(String session, String method, String params) {
    int id = ids.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    calls.put(id, answer);
    String head = "{\"id\":" + id + (session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"");
    String text = head + ",\"method\":\"" + method + "\",\"params\":{" + params + "}}";
    var _ = socket.sendText(text, true).join();
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static String find(Pattern pattern, String answer) {
    Matcher found = pattern.matcher(answer);
    if (!found.find()) {
      throw new AssertionError("the browser says " + answer);
    }
    return found.group(1);
  }

  @Override
  public void close() {
    socket.abort();
    client.close();
    process.destroy();
    var _ = Shell.exitCode(process);
  }

  /// Puts messages together and gives them to whoever waits for them; events are nobody's.
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        Matcher answer = ANSWER.matcher(message);
        if (answer.find()) {
          Optional.ofNullable(calls.remove(Integer.parseInt(answer.group(1))))
              .ifPresent(call -> call.complete(message.toString()));
        }
        message.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
