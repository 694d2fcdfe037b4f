package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.RawServer;

/// One file over several connections.
@Timeout(60)
final class ParallelDownloadTest {
  private static final int SIZE = 70 << 20;
  private static final Pattern RANGE = Pattern.compile("\r\nRange: bytes=([0-9]+)-([0-9]*)\r\n");

  @TempDir private Path folder;
  private final InMemory memory = new InMemory();
  private final List<Progress> events = new ArrayList<>();
  private final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
  private final AtomicLong sent = new AtomicLong();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private volatile byte[] bytes = random(1);
  private volatile boolean ignoresRanges;
  private RawServer server;

  @BeforeEach
  void start() throws IOException {
    server = RawServer.plain(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve(RawServer.Peer peer) throws IOException {
    while (true) {
      String head = peer.head();
      asked.add(head);
      byte[] now = bytes;
      Matcher range = RANGE.matcher(head);
      boolean part = range.find() && !ignoresRanges && isOf(head, now);
      int from = part ? Integer.parseInt(range.group(1)) : 0;
      int to =
          part && !range.group(2).isEmpty() ? Integer.parseInt(range.group(2)) + 1 : now.length;
      peer.say(
          (part ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n")
              + (part
                  ? "Content-Range: bytes " + from + "-" + (to - 1) + "/" + now.length + "\r\n"
                  : "")
              + "ETag: "
              + etag(now)
              + "\r\nRepr-Digest: "
              + reprDigest(now)
              + "\r\nContent-Length: "
              + (to - from)
              + "\r\n\r\n");
      if (head.startsWith("GET")) {
        Integer cut = part ? cuts.poll() : null;
        int count = cut == null ? to - from : Math.min(cut, to - from);
        sent.addAndGet(count);
        peer.out().write(now, from, count);
        peer.out().flush();
        if (cut != null) {
          return;
        }
      }
    }
  }

  @Test
  void theBlocksOfAFileComeOverSeveralConnections() throws Exception {
    get(4);
    assertThat(folder.resolve("big")).hasBinaryContent(bytes);
    assertThat(sent).hasValue(SIZE);
    assertThat(server.connections()).isGreaterThan(1);
    assertThat(done().digest()).isPresent();
    assertThat(done().moved()).isEqualTo(SIZE);
    assertThat(memory.isKept()).isFalse();
  }

  @Test
  void nothingIsAskedBeforeTheFirstBytes() throws Exception {
    get(4);
    assertThat(asked).allMatch(head -> head.startsWith("GET "));
    assertThat(asked).first().asString().contains("Range: bytes=0-");
  }

  @Test
  void aFileThatIsNotLargeComesOverOneConnection() throws Exception {
    bytes = Arrays.copyOf(bytes, 20 << 20);
    get(4);
    assertThat(folder.resolve("big")).hasBinaryContent(bytes);
    assertThat(server.connections()).isEqualTo(1);
    assertThat(asked).hasSize(2);
  }

  @Test
  void aConnectionThatBreaksOffIsReplaced() throws Exception {
    cuts.addAll(List.of(1_000_000, 2_000_000, 3_000_000));
    get(3);
    assertThat(folder.resolve("big")).hasBinaryContent(bytes);
    assertThat(sent.get()).isLessThan(SIZE + 10_000_000L);
  }

  @Test
  void whatCameWithoutAGapIsKept() throws Exception {
    for (int i = 0; i < 3; i++) {
      cuts.add(5 << 20);
    }
    for (int i = 0; i < 50; i++) {
      cuts.add(0);
    }
    get(3);
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            Progress.Failed.class, failed -> assertThat(failed.kept()).isTrue());
    cuts.clear();
    get(1);
    assertThat(folder.resolve("big")).hasBinaryContent(bytes);
    assertThat(events).hasAtLeastOneElementOfType(Progress.Resumed.class);
    assertThat(sent.get()).isLessThanOrEqualTo(SIZE + (10L << 20));
  }

  @Test
  void aVersionThatChangesOnTheWayBeginsAnew() throws Exception {
    byte[] other = random(2);
    cuts.add(100);
    new Thread(
            () -> {
              while (sent.get() == 0) {
                Thread.onSpinWait();
              }
              bytes = other;
            })
        .start();
    get(4);
    assertThat(Files.readAllBytes(folder.resolve("big"))).isEqualTo(other);
  }

  @Test
  void aServerWithoutRangesSendsTheWholeFile() throws Exception {
    ignoresRanges = true;
    get(4);
    assertThat(folder.resolve("big")).hasBinaryContent(bytes);
    assertThat(asked).last().asString().doesNotContain("Range");
  }

  private void get(int connections) throws IOException {
    try (var remote = new HttpRemote(HttpClient.plain(server.origin(), Far.LIMITS))) {
      var habits =
          new Habits(
              new Patience(Duration.ZERO),
              (direction, name) -> memory,
              name -> Chooser.Choice.REFUSE,
              OptionalLong.empty(),
              connections,
              false);
      new Transfers(remote, events::add, habits).get("big", folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".part")).count())
          .isEqualTo(memory.isKept() ? 1 : 0);
    }
  }

  private Progress.Done done() {
    return (Progress.Done) events.getLast();
  }

  private static boolean isOf(String head, byte[] content) {
    return !head.contains("If-Range: ") || head.contains("If-Range: " + etag(content));
  }

  private static long sum(byte[] content) {
    var sum = new CRC32C();
    sum.update(content);
    return sum.getValue();
  }

  private static String etag(byte[] content) {
    return "\"" + sum(content) + "\"";
  }

  private static String reprDigest(byte[] content) {
    byte[] value = ByteBuffer.allocate(4).putInt((int) sum(content)).array();
    return "crc32c=:"
        + new String(Base64.getEncoder().encode(value), StandardCharsets.US_ASCII)
        + ":";
  }

  private static byte[] random(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
