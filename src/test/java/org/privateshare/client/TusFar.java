package org.privateshare.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.RawServer;

/// A far end with sessions as `docs/uploads.md` has them, kept in memory; honest unless a test
/// tells it otherwise. It counts what it is sent.
final class TusFar implements Closeable {
  private static final String UPLOADS = "/.privateshare/uploads";

  final Map<String, Session> sessions = new HashMap<>();
  final Map<String, byte[]> files = new HashMap<>();
  final List<String> asked = new ArrayList<>();

  /// After how many bytes of a body the next connections break off.
  final Queue<Long> cuts = new ArrayDeque<>();

  /// What comes instead of the next answers, once the request has been served.
  final Queue<String> lies = new ArrayDeque<>();

  /// How many bytes of files have come.
  long received;

  /// Done when the body of a PATCH has come and before it is answered.
  Runnable meanwhile = () -> {};

  private final RawServer server;

  /// An upload.
  static final class Session {
    final String path;
    final long length;
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean isFile;

    Session(String path, long length) {
      this.path = path;
      this.length = length;
    }
  }

  /// A request.
  private record Asked(String method, String target, String head, long length) {
    @Nullable String field(String name) {
      Matcher field = Pattern.compile("\r\n" + name + ": (.*)\r\n").matcher(head);
      return field.find() ? field.group(1) : null;
    }

    String needed(String name) {
      String value = field(name);
      if (value == null) {
        throw new AssertionError("no " + name + " in " + head);
      }
      return value;
    }
  }

  TusFar() throws IOException {
    server = RawServer.plain(this::play);
  }

  HttpRemote remote() {
    return new HttpRemote(HttpClient.plain(server.origin(), Far.LIMITS));
  }

  private void play(RawServer.Peer peer) throws IOException {
    while (true) {
      Asked request = asked(peer.head());
      String answer;
      synchronized (this) {
        asked.add(request.method + " " + request.target);
        answer = answer(peer, request);
        if (!lies.isEmpty() && request.method.equals("PATCH")) {
          answer = lies.remove();
        }
      }
      if (answer.isEmpty()) {
        return;
      }
      peer.say(answer);
    }
  }

  private static Asked asked(String head) {
    String[] line = head.split("\r\n", 2)[0].split(" ", -1);
    Matcher length = Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n").matcher(head);
    return new Asked(line[0], line[1], head, length.find() ? Long.parseLong(length.group(1)) : 0);
  }

  private String answer(RawServer.Peer peer, Asked request) throws IOException {
    if (request.target.startsWith(UPLOADS)) {
      assert request.needed("Tus-Resumable").equals("1.0.0");
    }
    return switch (request.method) {
      case "POST" -> begin(request);
      case "HEAD" -> head(request);
      case "GET" -> state(request);
      case "DELETE" -> {
        boolean was = sessions.remove(request.target) != null;
        yield says(was ? "204 No Content" : "404 Not Found", "", "");
      }
      default -> patch(peer, request);
    };
  }

  private String begin(Asked request) {
    String url = UPLOADS + "/" + HexFormat.of().toHexDigits(sessions.size() + 1L);
    String path = request.needed("Upload-Metadata").replaceAll("^path ([^,]*),.*", "$1");
    long length = Long.parseLong(request.needed("Upload-Length"));
    sessions.put(
        url, new Session(new String(Base64.getDecoder().decode(path), ISO_8859_1), length));
    return says("201 Created", "Location: " + url + "\r\n", "");
  }

  private String head(Asked request) {
    String path = request.target.substring(1);
    if (files.containsKey(path)) {
      return "HTTP/1.1 200 OK\r\nContent-Length: "
          + files.get(path).length
          + "\r\nETag: \"1\"\r\nRepr-Digest: "
          + reprDigest(files.get(path))
          + "\r\n\r\n";
    }
    for (var session : sessions.entrySet()) {
      if (session.getValue().path.equals(path) && !session.getValue().isFile) {
        return says("404 Not Found", "Location: " + session.getKey() + "\r\n", "");
      }
    }
    return says("404 Not Found", "", "");
  }

  private String state(Asked request) {
    Session session = sessions.get(request.target);
    if (session == null) {
      return says("404 Not Found", "", "");
    }
    byte[] bytes = session.bytes.toByteArray();
    return says(
        "200 OK",
        "Content-Type: application/json\r\n",
        "{\"id\":\"1\",\"path\":\""
            + session.path
            + "\",\"offset\":"
            + bytes.length
            + ",\"length\":"
            + session.length
            + ",\"digest\":\"crc32c:"
            + HexFormat.of().toHexDigits(sum(bytes), 8)
            + (session.isFile ? "\",\"etag\":\"x\"}" : "\"}"));
  }

  private String patch(RawServer.Peer peer, Asked request) throws IOException {
    Session session = sessions.get(request.target);
    if (session == null) {
      return says("404 Not Found", "", "");
    }
    if (Long.parseLong(request.needed("Upload-Offset")) != session.bytes.size()) {
      return says("409 Conflict", "Upload-Offset: " + session.bytes.size() + "\r\n", "");
    }
    if (request.head.contains("100-continue")) {
      peer.say("HTTP/1.1 100 Continue\r\n\r\n");
    }
    long takes = cuts.isEmpty() ? Long.MAX_VALUE : cuts.remove();
    byte[] body = peer.in().readNBytes((int) Math.min(takes, request.length));
    session.bytes.writeBytes(body);
    received += body.length;
    if (body.length < request.length) {
      return "";
    }
    meanwhile.run();
    return continued(session, request);
  }

  private String continued(Session session, Asked request) {
    byte[] bytes = session.bytes.toByteArray();
    String offset = "Upload-Offset: " + bytes.length + "\r\n";
    if (bytes.length < session.length) {
      return says("204 No Content", offset, "");
    }
    if (!reprDigest(bytes).equals(request.field("Repr-Digest"))) {
      sessions.values().remove(session);
      return says(
          "400 Bad Request", "Content-Type: application/json\r\n", "{\"code\":\"mismatch\"}");
    }
    session.isFile = true;
    files.put(session.path, bytes);
    String receipt =
        "Repr-Digest: " + reprDigest(bytes) + "\r\nContent-Location: /" + session.path + "\r\n";
    return says("204 No Content", offset + receipt, "");
  }

  private static String says(String status, String fields, String body) {
    return status.startsWith("204")
        ? "HTTP/1.1 " + status + "\r\n" + fields + "\r\n"
        : Far.answer(status, fields, body);
  }

  private static long sum(byte[] bytes) {
    var sum = new CRC32C();
    sum.update(bytes);
    return sum.getValue();
  }

  private static String reprDigest(byte[] bytes) {
    byte[] value = ByteBuffer.allocate(4).putInt((int) sum(bytes)).array();
    return "crc32c=:" + Base64.getEncoder().encodeToString(value) + ":";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
