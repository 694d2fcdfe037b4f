package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A body over HTTPS that is cut anywhere, in whatever way, publishes and replaces nothing.
///
/// `-Dseed=N` repeats a run's choices.
@Tag("kill")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CutPutTest {
  /// How the body says where it ends, and where that is cut.
  enum Framing {
    LENGTH,
    IN_A_CHUNK,
    BEFORE_THE_LAST_CHUNK
  }

  /// What the server sees of the cut.
  enum Cut {
    FIN,
    CLOSE_NOTIFY,
    RESET;

    void make(RawHttps client) throws IOException {
      switch (this) {
        case FIN -> client.cut();
        case CLOSE_NOTIFY -> client.closeTls();
        case RESET -> client.reset();
      }
    }
  }

  private static final int CUTS_OF_A_KIND = 20;
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final String CUT_HERE = "cut here";
  private static final Content OLD = new Content(1, 300_000);

  private static Path share;
  private static ServerProcess server;
  private static final Journal JOURNAL = new Journal();
  private static int cuts;

  @BeforeAll
  static void serve(@TempDir Path folder) {
    share = folder;
    server = ServerProcess.Setup.of(share).start();
    assertThat(JOURNAL.put(Door.HTTPS, server.port(), "old", OLD))
        .isEqualTo(Door.Fate.ACKNOWLEDGED);
    Await.until("it is logged", () -> ended() == 1);
  }

  @AfterAll
  static void stop() {
    server.close();
    Report.line(
        "kill: %d puts over HTTPS cut at random bytes, none published (-Dseed=%d)", cuts, SEED);
  }

  @ParameterizedTest
  @CsvSource({
    "LENGTH, FIN",
    "LENGTH, CLOSE_NOTIFY",
    "LENGTH, RESET",
    "IN_A_CHUNK, FIN",
    "IN_A_CHUNK, CLOSE_NOTIFY",
    "IN_A_CHUNK, RESET",
    "BEFORE_THE_LAST_CHUNK, FIN",
    "BEFORE_THE_LAST_CHUNK, CLOSE_NOTIFY",
    "BEFORE_THE_LAST_CHUNK, RESET",
  })
  void aBodyThatIsCutPublishesNothing(Framing framing, Cut cut) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    long before = ended();
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < CUTS_OF_A_KIND; i++) {
      String target = target(framing + "-" + cut, i);
      Content content = content(random);
      long at = random.nextLong(content.size());
      try (RawHttps client = RawHttps.connect(server.port(), 0)) {
        send(client, framing, target, content, at);
        awaitArrival();
        cut.make(client);
        awaitDeparture();
      }
      targets.add(target);
    }
    nothingCameOf(before, targets);
  }

  private static void send(
      RawHttps client, Framing framing, String target, Content content, long at)
      throws IOException {
    switch (framing) {
      case LENGTH -> {
        client.ask("PUT", target, "Content-Length: " + content.size());
        client.send(content, 0, at);
      }
      case IN_A_CHUNK -> {
        client.ask("PUT", target, "Transfer-Encoding: chunked");
        long middle = at / 2 & -8;
        client.sendChunks(content, middle);
        client.say(Long.toHexString(content.size() - middle) + "\r\n");
        client.send(content, middle, at);
      }
      case BEFORE_THE_LAST_CHUNK -> {
        client.ask("PUT", target, "Transfer-Encoding: chunked");
        client.sendChunks(content, at);
      }
    }
  }

  /// All over one connection, which goes on.
  @Test
  void aStreamThatIsCutPublishesNothing() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    long before = ended();
    List<String> targets = new ArrayList<>();
    try (HttpClient client = HttpClient.newBuilder().sslContext(AnyIdentity.context()).build()) {
      // On a connection that is only just made it would ask for the whole of a short body before it
      // sends anything at all.
      var _ = client.send(health(), BodyHandlers.discarding());
      for (int i = 0; i < CUTS_OF_A_KIND; i++) {
        String target = target("HTTP2", i);
        Content content = content(random);
        long at = random.nextLong(content.size());
        HttpRequest request = request(target, content, at);
        // Sometimes the JDK's client only finds out that the body was too short.
        assertThatIOException()
            .isThrownBy(() -> client.send(request, BodyHandlers.discarding()))
            .matches(cut -> says(cut, CUT_HERE) || says(cut, "Too few bytes"));
        awaitDeparture();
        targets.add(target);
      }
    }
    nothingCameOf(before, targets);
  }

  private static boolean says(Throwable failure, String words) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (String.valueOf(at.getMessage()).contains(words)) {
        return true;
      }
    }
    return false;
  }

  private static HttpRequest health() {
    return HttpRequest.newBuilder(URI.create(server.url(".privateshare/health"))).build();
  }

  private static HttpRequest request(String target, Content content, long at) throws IOException {
    return HttpRequest.newBuilder(URI.create(server.url(target)))
        .header("Authorization", "Bearer " + server.ownerKey())
        .PUT(
            BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> cutAt(content, at)), content.size()))
        .build();
  }

  /// The JDK's client resets the stream when its body fails.
  private static InputStream cutAt(Content content, long end) {
    return new InputStream() {
      private long at;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        var _ = read(one, 0, 1);
        return one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (at >= end) {
          awaitArrival();
          throw new IOException(CUT_HERE);
        }
        int count = (int) Math.min(end - at, length & -8);
        System.arraycopy(content.piece(at), 0, into, offset, count);
        at += count;
        return count;
      }
    };
  }

  /// Every other one would replace a file.
  private static String target(String kind, int number) {
    return number % 2 == 0 ? "old?replace" : "cut-" + kind + "-" + number;
  }

  /// Less than the MiB from which on what is cut is kept to be gone on with.
  private static Content content(SplittableRandom random) {
    return new Content(random.nextLong(), random.nextLong(1 << 16, 1 << 20));
  }

  private static void nothingCameOf(long before, List<String> targets) throws IOException {
    // Before it has ended, an upload could still come to something.
    Await.until("all have ended", () -> ended() == before + targets.size());
    cuts += targets.size();
    assertThat(JOURNAL.check(share))
        .isEqualTo(new Journal.Tally(JOURNAL.acknowledgedNames().size(), 0, 0));
    assertThat(JOURNAL.put(Door.HTTPS, server.port(), "good-after-" + cuts, OLD))
        .isEqualTo(Door.Fate.ACKNOWLEDGED);
    Await.until("it is logged", () -> ended() == before + targets.size() + 1);
  }

  /// A reset could overtake the request, and then nothing would be cut.
  private static void awaitArrival() {
    Await.until("it is on its way", () -> !Journal.staged(share).isEmpty());
  }

  private static void awaitDeparture() {
    Await.until("nothing is on its way", () -> Journal.staged(share).isEmpty());
  }

  /// How many puts the access log has, however they ended.
  private static long ended() {
    return server.log().lines().filter(line -> line.contains(" PUT \"")).count();
  }
}
