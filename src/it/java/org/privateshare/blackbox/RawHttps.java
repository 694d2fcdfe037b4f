package org.privateshare.blackbox;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/// A client of HTTP/1.1 in TLS that shares no line with the program: heads written by hand into the
/// JDK's TLS, over a socket of its own that can be cut off beneath it. One request each; for one
/// thread.
final class RawHttps implements Door.Reader {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int PIECE_BYTES = 1 << 16;

  private final Socket line;
  private final SSLSocket tls;
  private final InputStream in;

  /// How many bytes of the answer's body are still to come.
  private long left;

  private RawHttps(Socket line, SSLSocket tls) throws IOException {
    this.line = line;
    this.tls = tls;
    this.in = new BufferedInputStream(tls.getInputStream());
  }

  /// Connects with a receive buffer of about `window` bytes (0: the system's choice).
  static RawHttps connect(int port, int window) throws IOException {
    Socket line = new Socket();
    try {
      if (window > 0) {
        line.setReceiveBufferSize(window);
      }
      line.setTcpNoDelay(true);
      line.setSoTimeout(PATIENCE_MILLIS);
      InetAddress host = InetAddress.getLoopbackAddress();
      line.connect(new InetSocketAddress(host, port));
      SSLSocket tls =
          (SSLSocket)
              AnyIdentity.context()
                  .getSocketFactory()
                  .createSocket(line, host.getHostAddress(), port, true);
      tls.startHandshake();
      return new RawHttps(line, tls);
    } catch (IOException e) {
      line.close();
      throw e;
    }
  }

  /// Puts a file under a free name.
  static Door.Fate put(int port, String name, Content content) {
    return change(port, "PUT", name, content);
  }

  /// Puts a file in the place of another, if there is one.
  static Door.Fate replace(int port, String name, Content content) {
    return change(port, "PUT", name + "?replace", content);
  }

  /// Removes a file.
  static Door.Fate remove(int port, String name) {
    return change(port, "DELETE", name, new Content(0, 0));
  }

  /// Renames a file.
  static Door.Fate move(int port, String from, String to) {
    return change(port, "MOVE", from, new Content(0, 0), "Destination: /" + to);
  }

  private static Door.Fate change(
      int port, String method, String target, Content body, String... fields) {
    try (RawHttps client = connect(port, 0)) {
      client.ask(method, target, "Content-Length: " + body.size(), String.join("\r\n", fields));
      client.send(body, 0, body.size());
      return switch (client.answer() / 100) {
        case 2 -> Door.Fate.ACKNOWLEDGED;
        case 4 -> Door.Fate.REFUSED;
        default -> Door.Fate.BROKEN;
      };
    } catch (SocketTimeoutException e) {
      throw new AssertionError(method + " " + target + ": the server has gone silent", e);
    } catch (IOException e) {
      return Door.Fate.BROKEN;
    }
  }

  /// Gets a file that should be `expected`.
  static Door.Verdict get(int port, String name, Content expected) {
    try (RawHttps client = connect(port, 0)) {
      client.ask("GET", name);
      return switch (client.answer() / 100) {
        case 2 -> client.receive(expected, 0);
        case 3, 4 -> Door.Verdict.REFUSED; // a folder is answered with its own URL
        default -> Door.Verdict.BROKEN;
      };
    } catch (SocketTimeoutException e) {
      throw new AssertionError("get " + name + ": the server has gone silent", e);
    } catch (IOException e) {
      return Door.Verdict.BROKEN;
    }
  }

  /// The key with every right, of the state folder that all servers of this run share.
  static String ownerKey() throws IOException {
    return Files.readString(Shell.state().resolve("privateshare/owner.key")).strip();
  }

  /// Sends the head of a request with the owner's key.
  ///
  /// @param target the path without its first slash, as the URL has it, and the query
  /// @param fields whole, as in `Content-Length: 9`; an empty one is none
  void ask(String method, String target, String... fields) throws IOException {
    StringBuilder head = new StringBuilder(method + " /" + target + " HTTP/1.1\r\n");
    head.append("Host: localhost\r\nAuthorization: Bearer ").append(ownerKey()).append("\r\n");
    for (String field : fields) {
      head.append(field).append(field.isEmpty() ? "" : "\r\n");
    }
    say(head.append("\r\n").toString());
  }

  /// Sends the bytes of a text.
  void say(String text) throws IOException {
    tls.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends the bytes from one position, a multiple of 8, to before another.
  void send(Content content, long from, long to) throws IOException {
    for (long at = from; at < to; at += PIECE_BYTES) {
      byte[] piece = content.piece(at);
      tls.getOutputStream().write(piece, 0, (int) Math.min(piece.length, to - at));
    }
  }

  /// Sends the bytes up to a position in chunks of their own, and no last one.
  void sendChunks(Content content, long to) throws IOException {
    for (long at = 0; at < to; at += PIECE_BYTES) {
      say(Long.toHexString(Math.min(PIECE_BYTES, to - at)) + "\r\n");
      send(content, at, Math.min(at + PIECE_BYTES, to));
      say("\r\n");
    }
  }

  /// Reads the head of the answer; returns its status.
  int answer() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    for (String field = line(); !field.isEmpty(); field = line()) {
      String text = field.toLowerCase(Locale.ROOT);
      if (text.startsWith("content-length:")) {
        left = Long.parseLong(text.substring(text.indexOf(':') + 1).strip());
      }
    }
    return status;
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the answer ended in its head");
      }
      text.append((char) c);
    }
    return text.toString().strip();
  }

  @Override
  public void expect(Content content, long from, long to) throws IOException {
    for (long at = from; at < to; ) {
      byte[] piece = in.readNBytes((int) Math.min(PIECE_BYTES, to - at));
      if (piece.length == 0 || !content.matches(piece, piece.length, at)) {
        throw new AssertionError("wrong bytes at " + at);
      }
      at += piece.length;
      left -= piece.length;
    }
  }

  @Override
  public Door.Verdict receive(Content expected, long position) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long at = position;
    while (left > 0) {
      int read = in.read(piece, 0, (int) Math.min(piece.length, left));
      if (read < 0) {
        return Door.Verdict.BROKEN;
      }
      if (!expected.matches(piece, read, at)) {
        return Door.Verdict.WRONG;
      }
      at += read;
      left -= read;
    }
    return at == expected.size() ? Door.Verdict.WHOLE : Door.Verdict.WRONG;
  }

  /// What ends before the length that was announced is no clean end.
  @Override
  public Door.End end() throws IOException {
    try {
      in.skipNBytes(left);
      return Door.End.FIN;
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return Door.End.RESET;
    }
  }

  /// Ends the connection as a peer does whose program was killed: a FIN, and nothing in TLS.
  void cut() throws IOException {
    line.shutdownOutput();
  }

  /// Ends TLS and the connection in the orderly way, whatever HTTP thinks of that.
  void closeTls() throws IOException {
    tls.shutdownOutput();
  }

  /// Breaks the connection by a reset.
  void reset() throws IOException {
    line.setSoLinger(true, 0);
    line.close();
  }

  /// Without a word of TLS, which could wait for the peer.
  @Override
  public void close() throws IOException {
    line.close();
  }
}
