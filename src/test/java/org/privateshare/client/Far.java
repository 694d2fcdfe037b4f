package org.privateshare.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.client.http.Deadlines;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.RawServer;

/// A far end that reads one request after the other and gives each the same answer, be it a lie.
final class Far implements Closeable {
  static final Deadlines LIMITS =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n");

  private final RawServer server;
  private final BlockingQueue<String> heads;
  private final BlockingQueue<String> bodies;

  private Far(RawServer server, BlockingQueue<String> heads, BlockingQueue<String> bodies) {
    this.server = server;
    this.heads = heads;
    this.bodies = bodies;
  }

  /// Answers with these bytes, taken for ISO 8859-1.
  static Far saying(String answer) throws IOException {
    return start(answer, false);
  }

  /// Answers with these bytes and ends the connection.
  static Far lastly(String answer) throws IOException {
    return start(answer, true);
  }

  private static Far start(String answer, boolean ends) throws IOException {
    var heads = new LinkedBlockingQueue<String>();
    var bodies = new LinkedBlockingQueue<String>();
    RawServer.Script script =
        peer -> {
          do {
            String head = peer.head();
            heads.add(head);
            bodies.add(refusesEarly(answer, head) ? "" : body(peer, head));
            peer.say(answer);
          } while (!ends);
        };
    return new Far(RawServer.plain(script), heads, bodies);
  }

  /// Answers with a status line, the fields of JSON and a body of known length.
  static Far json(String status, String body) throws IOException {
    return saying(answer(status, "Content-Type: application/json\r\n", body));
  }

  /// A whole answer; the body is sent as UTF-8.
  static String answer(String status, String fields, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + fields
        + "Content-Length: "
        + bytes.length
        + "\r\n\r\n"
        + new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static boolean refusesEarly(String answer, String head) {
    return answer.startsWith("HTTP/1.1 4") && head.contains("Expect: 100-continue");
  }

  private static String body(RawServer.Peer peer, String head) throws IOException {
    Matcher length = LENGTH.matcher(head);
    var body = new ByteArrayOutputStream();
    if (length.find()) {
      body.writeBytes(peer.in().readNBytes(Integer.parseInt(length.group(1))));
    } else if (head.contains("chunked")) {
      while (!body.toString(StandardCharsets.ISO_8859_1).endsWith("0\r\n\r\n")) {
        body.write(peer.in().read());
      }
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  HttpRemote remote() {
    return new HttpRemote(HttpClient.plain(server.origin(), LIMITS));
  }

  HttpRemote remote(String key) {
    return new HttpRemote(HttpClient.plain(server.origin(), LIMITS), key);
  }

  /// The head of the next request that has come.
  String head() throws InterruptedException {
    return heads.take();
  }

  /// The first line of the next request that has come.
  String line() throws InterruptedException {
    return heads.take().lines().findFirst().orElseThrow();
  }

  /// The body of the next request that has come.
  String body() throws InterruptedException {
    return bodies.take();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
