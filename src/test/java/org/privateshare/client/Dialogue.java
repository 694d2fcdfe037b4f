package org.privateshare.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.RawServer;

/// A far end that gives the first request the first answer, the second the second, over as many
/// connections as it takes.
final class Dialogue implements Closeable {
  private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n");

  private final Queue<Turn> turns = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private final RawServer server;

  /// A request.
  ///
  /// @param body as ISO 8859-1
  record Asked(String head, String body) {
    String line() {
      return head.lines().findFirst().orElseThrow();
    }
  }

  /// What becomes of a request.
  ///
  /// @param answer as ISO 8859-1
  /// @param takes how many bytes of its body are read
  /// @param cut whether the connection ends then
  private record Turn(String answer, long takes, boolean cut) {}

  Dialogue() throws IOException {
    server = RawServer.plain(this::play);
  }

  /// The next request gets this answer.
  Dialogue says(String answer) {
    turns.add(new Turn(answer, Long.MAX_VALUE, false));
    return this;
  }

  /// The next request gets this much of an answer and the connection ends.
  Dialogue breaksOffAfter(String answer) {
    turns.add(new Turn(answer, Long.MAX_VALUE, true));
    return this;
  }

  /// The next request is read so far into its body and the connection ends.
  Dialogue breaksOffWithin(long body) {
    turns.add(new Turn("", body, true));
    return this;
  }

  private void play(RawServer.Peer peer) throws IOException {
    boolean cut = false;
    while (!cut) {
      String head = peer.head();
      Turn turn;
      synchronized (this) {
        turn = turns.remove();
      }
      Matcher length = LENGTH.matcher(head);
      long size = length.find() ? Long.parseLong(length.group(1)) : 0;
      if (head.contains("Expect: 100-continue")) {
        peer.say("HTTP/1.1 100 Continue\r\n\r\n");
      }
      byte[] body = peer.in().readNBytes((int) Math.min(size, turn.takes));
      synchronized (this) {
        asked.add(new Asked(head, new String(body, StandardCharsets.ISO_8859_1)));
      }
      peer.say(turn.answer);
      cut = turn.cut;
    }
  }

  HttpRemote remote() {
    return new HttpRemote(HttpClient.plain(server.origin(), Far.LIMITS));
  }

  /// The requests that have come, in their order.
  synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
