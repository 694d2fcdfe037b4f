package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Someone who lists a share all the time while files are on their way into it, and sees each of
/// them either not at all or in its full size. A server that is just not there is no offence.
final class Watcher implements AutoCloseable {
  private static final Pattern ENTRY =
      Pattern.compile("\\{\"name\":\"([^\"]+)\",\"type\":\"file\",\"size\":(\\d+),");
  private static final long PAUSE_NANOS = 5_000_000;

  private final IntSupplier port;
  private final Map<String, Long> expected = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Throwable> offences = new ConcurrentLinkedQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().sslContext(AnyIdentity.context()).build();
  private final Thread thread;
  private volatile boolean stopped;
  private final AtomicLong looks = new AtomicLong();

  /// Begins to watch.
  ///
  /// @param port the server's at the time
  Watcher(IntSupplier port) {
    this.port = port;
    this.thread = Thread.ofPlatform().name("watcher").start(this::lookOnAndOn);
  }

  /// Lets a file appear, if whole; any other is an offence.
  void expect(String name, long size) {
    expected.put(name, size);
  }

  /// How often the share was listed.
  long looks() {
    return looks.get();
  }

  private void lookOnAndOn() {
    while (!stopped) {
      try {
        look();
        looks.incrementAndGet();
      } catch (IOException gone) {
        // Looks again.
      } catch (Throwable e) {
        offences.add(e);
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void look() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port.getAsInt() + "/?json"))
            .header("Authorization", "Bearer " + RawHttps.ownerKey())
            .build();
    String listing = client.send(request, BodyHandlers.ofString()).body();
    Matcher entry = ENTRY.matcher(listing);
    while (entry.find()) {
      assertThat(expected)
          .as("visible")
          .containsEntry(entry.group(1), Long.valueOf(entry.group(2)));
    }
  }

  /// Ends; fails the test where something was to be seen that must not.
  @Override
  public void close() {
    stopped = true;
    Await.until("the watcher has ended", () -> !thread.isAlive());
    client.shutdownNow();
    if (!offences.isEmpty()) {
      throw new AssertionError("a listing showed what must not be seen", offences.peek());
    }
    assertThat(looks.get()).as("looks").isPositive();
  }
}
