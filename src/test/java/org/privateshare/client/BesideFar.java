package org.privateshare.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.RawServer;

/// A far end with one upload at a time that several connections bring, as `docs/uploads.md` has it.
final class BesideFar implements Closeable {
  private static final String UPLOADS = "/.privateshare/uploads";

  /// After how many bytes of a body the next connections break off.
  final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();

  /// What comes in the place of the next parts' answers, and nothing is taken.
  final Queue<String> refusals = new ConcurrentLinkedQueue<>();

  /// The first lines of all requests.
  final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /// How many bytes of files have come.
  final AtomicLong received = new AtomicLong();

  /// What the upload has, where it has something.
  final byte[] bytes;

  boolean knowsBeside = true;

  /// Counts the parts that have begun; none goes on before it is at 0.
  volatile CountDownLatch parts = new CountDownLatch(0);

  /// Done when a part has come.
  Runnable meanwhile = () -> {};

  /// Where the runs of the upload begin and end.
  private final TreeMap<Integer, Integer> runs = new TreeMap<>();

  private final RawServer server;
  private int begun;
  private boolean isThere;
  private boolean isFile;

  /// A far end for files of so many bytes.
  BesideFar(int size) throws IOException {
    bytes = new byte[size];
    server = RawServer.plain(this::play);
  }

  HttpRemote remote() {
    return new HttpRemote(HttpClient.plain(server.origin(), Far.LIMITS));
  }

  /// How many connections there have been.
  int connections() {
    return server.connections();
  }

  /// How many bytes of the upload are there.
  synchronized int count() {
    return runs.entrySet().stream().mapToInt(run -> run.getValue() - run.getKey()).sum();
  }

  synchronized boolean isFile() {
    return isFile;
  }

  synchronized boolean isThere() {
    return isThere;
  }

  /// Where the last run begins.
  synchronized int lastRun() {
    return runs.lastKey();
  }

  private void play(RawServer.Peer peer) throws IOException {
    while (true) {
      String head = peer.head();
      asked.add(head.substring(0, head.indexOf("\r\n")));
      String answer = head.startsWith("PATCH") ? patch(peer, head) : answer(head);
      if (answer.isEmpty()) {
        return;
      }
      peer.say(answer);
    }
  }

  private synchronized String answer(String head) {
    String none = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    return switch (head.substring(0, head.indexOf(' '))) {
      case "OPTIONS" -> says("204 No Content", "Tus-Extension: a" + (knowsBeside ? ",beside" : ""));
      case "HEAD" -> none;
      case "POST" -> {
        begun++;
        isThere = true;
        runs.clear();
        yield says("201 Created", "Location: " + url() + "\r\nContent-Length: 0");
      }
      case "DELETE" -> {
        isThere = false;
        yield says("204 No Content", "X: 1");
      }
      default ->
          isThere && head.contains(url() + " ")
              ? Far.answer("200 OK", "Content-Type: application/json\r\n", state())
              : none;
    };
  }

  private String url() {
    return UPLOADS + "/" + begun;
  }

  private String state() {
    String told =
        runs.entrySet().stream()
            .map(run -> run(run.getKey(), run.getValue()))
            .collect(Collectors.joining(",", "[", "]"));
    return "{\"offset\":"
        + offset()
        + ",\"length\":"
        + bytes.length
        + ",\"digest\":\""
        + digest(0, offset())
        + "\",\"runs\":"
        + told
        + (isFile ? ",\"etag\":\"x\"}" : "}");
  }

  private String run(int start, int end) {
    String digest = digest(start, end);
    return "{\"start\":" + start + ",\"end\":" + end + ",\"digest\":\"" + digest + "\"}";
  }

  private int offset() {
    return runs.getOrDefault(0, 0);
  }

  private String patch(RawServer.Peer peer, String head) throws IOException {
    boolean beside = head.contains("Upload-Beside: ?1");
    int from = Integer.parseInt(needed(head, "Upload-Offset"));
    int to = from + Integer.parseInt(needed(head, "Content-Length"));
    if (!isPlace(from, to, beside)) {
      return says("409 Conflict", "Upload-Offset: " + offset() + "\r\nContent-Length: 0");
    }
    String refusal = refusals.poll();
    if (refusal != null) {
      return says(refusal, "Content-Length: 0");
    }
    if (head.contains("100-continue")) {
      peer.say("HTTP/1.1 100 Continue\r\n\r\n");
    }
    Integer cut = cuts.poll();
    parts.countDown();
    await(parts);
    int end = cut == null ? to : Math.min(to, from + cut);
    int read = peer.in().readNBytes(bytes, from, end - from);
    received.addAndGet(read);
    add(from, from + read);
    if (from + read < to) {
      return "";
    }
    meanwhile.run();
    return beside
        ? says("204 No Content", "Upload-Offset: " + to)
        : continued(field(head, "Repr-Digest"), to);
  }

  private static void await(CountDownLatch parts) throws IOException {
    try {
      parts.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private synchronized boolean isPlace(int from, int to, boolean beside) {
    if (!beside) {
      return from == offset();
    }
    boolean begins = from % (1 << 20) == 0 || runs.containsValue(from);
    return begins
        && runs.entrySet().stream().noneMatch(run -> run.getKey() < to && run.getValue() > from);
  }

  private synchronized void add(int from, int to) {
    if (from == to) {
      return;
    }
    int start = from;
    Map.Entry<Integer, Integer> before = runs.lowerEntry(from);
    if (before != null && before.getValue() == from) {
      start = before.getKey();
    }
    Integer end = runs.remove(to);
    runs.put(start, end == null ? to : end);
  }

  private synchronized String continued(@Nullable String sum, int to) {
    if (to < bytes.length) {
      return says("204 No Content", "Upload-Offset: " + to);
    }
    String whole = reprDigest(bytes);
    if (!whole.equals(sum)) {
      isThere = false;
      return Far.answer(
          "400 Bad Request", "Content-Type: application/json\r\n", "{\"code\":\"mismatch\"}");
    }
    isFile = true;
    return says("204 No Content", "Repr-Digest: " + whole + "\r\nContent-Location: /in/big");
  }

  private static String says(String status, String fields) {
    return "HTTP/1.1 " + status + "\r\n" + fields + "\r\n\r\n";
  }

  private static @Nullable String field(String head, String name) {
    Matcher field = Pattern.compile("\r\n" + name + ": (.*)\r\n").matcher(head);
    return field.find() ? field.group(1) : null;
  }

  private static String needed(String head, String name) {
    String value = field(head, name);
    if (value == null) {
      throw new AssertionError("no " + name + " in " + head);
    }
    return value;
  }

  private String digest(int from, int to) {
    byte[] piece = Arrays.copyOfRange(bytes, from, to);
    return "crc32c:" + HexFormat.of().toHexDigits(sum(piece), 8);
  }

  static long sum(byte[] content) {
    var sum = new CRC32C();
    sum.update(content);
    return sum.getValue();
  }

  static String reprDigest(byte[] content) {
    byte[] value = ByteBuffer.allocate(4).putInt((int) sum(content)).array();
    return "crc32c=:"
        + new String(Base64.getEncoder().encode(value), StandardCharsets.US_ASCII)
        + ":";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
