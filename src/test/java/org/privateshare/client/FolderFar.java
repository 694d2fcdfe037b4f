package org.privateshare.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.archive.TarMember;
import org.privateshare.archive.TarReader;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.RawServer;

/// A far end for whole folders that says what a test wants: a listing, receipts, an archive.
final class FolderFar implements Closeable {
  private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n");
  private static final String OK = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";

  private final RawServer server;
  private final List<String> lines = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private final List<TarMember> members = new ArrayList<>();
  private final List<String> contents = new ArrayList<>();

  /// Rows of the listing, without the names' folder.
  String rows = "";

  /// What is answered to a member; without an end of line the connection is cut behind it.
  Receipt receipt = FolderFar::stored;

  /// What comes behind the receipts.
  String last = "{\"end\":{\"members\":0}}\n";

  /// The archives that are sent, one a request, and then the last one again.
  final List<byte[]> archives = new ArrayList<>();

  /// How much of the first archive is sent before the connection is cut; all unless said.
  int cut = Integer.MAX_VALUE;

  @FunctionalInterface
  interface Receipt {
    String of(String path, TarMember member);
  }

  FolderFar() throws IOException {
    server = RawServer.plain(this::play);
  }

  HttpRemote remote() {
    return new HttpRemote(HttpClient.plain(server.origin(), Far.LIMITS));
  }

  /// The first lines of the requests that have come.
  synchronized List<String> lines() {
    return lines.stream().map(line -> line.replace(" HTTP/1.1", "")).toList();
  }

  /// The bodies of requests other than archives.
  synchronized List<String> bodies() {
    return List.copyOf(bodies);
  }

  /// What has come in archives.
  synchronized List<TarMember> members() {
    return List.copyOf(members);
  }

  synchronized List<String> names() {
    return members.stream().map(TarMember::name).toList();
  }

  synchronized List<String> contents() {
    return List.copyOf(contents);
  }

  static String stored(String path, TarMember member) {
    return member.kind() == TarMember.Kind.FOLDER
        ? "{\"path\":\"" + path + "\",\"result\":\"made\"}\n"
        : "{\"path\":\""
            + path
            + "\",\"result\":\"stored\",\"size\":"
            + member.size()
            + ",\"digest\":\""
            + member.digest().orElseThrow()
            + "\"}\n";
  }

  private void play(RawServer.Peer peer) throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      String head = peer.head();
      String line = head.lines().findFirst().orElseThrow();
      synchronized (this) {
        lines.add(line);
      }
      if (line.startsWith("PUT")) {
        goesOn = unpack(peer, line);
      } else {
        goesOn = answer(peer, head, line);
      }
    }
  }

  private boolean answer(RawServer.Peer peer, String head, String line) throws IOException {
    Matcher length = LENGTH.matcher(head);
    byte[] body = peer.in().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    byte[] answer = ("{\"entries\":[" + rows + "]}").getBytes(UTF_8);
    if (line.startsWith("POST")) {
      synchronized (this) {
        bodies.add(new String(body, ISO_8859_1));
        answer = archives.size() > 1 ? archives.removeFirst() : archives.getFirst();
      }
    } else if (rows.equals("none")) {
      peer.say("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
      return true;
    }
    peer.say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
    peer.say("Content-Length: " + answer.length + "\r\n\r\n");
    int sent = line.startsWith("POST") ? Math.min(answer.length, cut) : answer.length;
    peer.out().write(answer, 0, sent);
    peer.out().flush();
    if (sent < answer.length) {
      cut = Integer.MAX_VALUE;
      return false;
    }
    return true;
  }

  private boolean unpack(RawServer.Peer peer, String line) throws IOException {
    String folder = line.substring("PUT /".length(), line.indexOf("/?"));
    peer.say("HTTP/1.1 100 Continue\r\n\r\n" + OK + "Content-Type: application/x-ndjson\r\n\r\n");
    var channel = Channels.newChannel(new Unchunked(peer.in()));
    var archive = new TarReader(channel::read, ByteBuffer.allocate(1 << 16));
    Optional<TarMember> member = archive.next();
    while (member.isPresent()) {
      var content = new ByteArrayOutputStream();
      for (ByteBuffer piece = archive.content(); piece.hasRemaining(); piece = archive.content()) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        content.writeBytes(bytes);
      }
      synchronized (this) {
        members.add(member.get());
        contents.add(content.toString(UTF_8));
      }
      String name = member.get().name();
      String path = name.equals(".") ? folder : folder + "/" + name;
      String said = receipt.of(path, member.get());
      say(peer, said);
      if (!said.endsWith("\n")) {
        return false;
      }
      member = archive.next();
    }
    say(peer, last);
    peer.say("0\r\n\r\n");
    return true;
  }

  private static void say(RawServer.Peer peer, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > 0) {
      peer.say(Integer.toHexString(bytes.length) + "\r\n" + new String(bytes, ISO_8859_1) + "\r\n");
    }
  }

  /// What was sent in chunks.
  private static final class Unchunked extends InputStream {
    private final InputStream in;
    private int left;
    private boolean ended;

    Unchunked(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int start, int count) throws IOException {
      if (left == 0 && !ended) {
        left = Integer.parseInt(line(), 16);
        ended = left == 0;
        if (ended) {
          String _ = line();
        }
      }
      if (ended) {
        return -1;
      }
      int read = in.readNBytes(into, start, Math.min(count, left));
      left -= read;
      if (left == 0) {
        String _ = line();
      }
      return read;
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("after " + line);
        }
        line.append((char) c);
      }
      return line.toString().strip();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
