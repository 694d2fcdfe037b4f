package org.privateshare.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A client of the classic protocol that shares no line with the program: a bare socket which can
/// stop, stall and break at any point. For one thread.
///
/// The protocol has no acknowledgement. What stands for it: after the client's FIN the server
/// publishes and only then ends the connection cleanly; whatever goes wrong ends it by a reset.
final class RawClassic implements Door.Reader {
  /// The server's code.
  enum Answer {
    PASS,
    CANCEL,
    NONE
  }

  private static final int PATIENCE_MILLIS = 60_000;
  private static final int PIECE_BYTES = 1 << 16;

  private final Socket socket;

  private RawClassic(Socket socket) {
    this.socket = socket;
  }

  static RawClassic connect(int port) throws IOException {
    return connect(port, 0);
  }

  /// Connects with a receive buffer of about `window` bytes (0: the system's choice), so that the
  /// server notices soon when this client doesn't read.
  static RawClassic connect(int port, int window) throws IOException {
    Socket socket = new Socket();
    try {
      if (window > 0) {
        socket.setReceiveBufferSize(window);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return new RawClassic(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Puts a whole file in the ordinary way.
  static Door.Fate put(int port, String name, Content content) {
    try (RawClassic client = connect(port)) {
      Answer answer = client.ask("put," + name);
      if (answer != Answer.PASS) {
        return answer == Answer.CANCEL ? Door.Fate.REFUSED : Door.Fate.BROKEN;
      }
      client.send(content, 0, content.size());
      client.finish();
      return client.end() == Door.End.FIN ? Door.Fate.ACKNOWLEDGED : Door.Fate.BROKEN;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("put " + name + ": the server has gone silent", e);
    } catch (IOException e) {
      return Door.Fate.BROKEN;
    }
  }

  /// Gets a file that should be `expected`.
  static Door.Verdict get(int port, String name, Content expected) {
    try (RawClassic client = connect(port)) {
      Answer answer = client.ask("get," + name);
      if (answer != Answer.PASS) {
        return answer == Answer.CANCEL ? Door.Verdict.REFUSED : Door.Verdict.BROKEN;
      }
      return client.receive(expected, 0);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("get " + name + ": the server has gone silent", e);
    } catch (IOException e) {
      return Door.Verdict.BROKEN;
    }
  }

  /// Gets a file of 16 bytes or more that has to be what it says itself.
  static Door.Verdict getAny(int port, String name) {
    try (RawClassic client = connect(port)) {
      Answer answer = client.ask("get," + name);
      if (answer != Answer.PASS) {
        return answer == Answer.CANCEL ? Door.Verdict.REFUSED : Door.Verdict.BROKEN;
      }
      byte[] claim = client.in().readNBytes(Content.CLAIM_BYTES);
      return claim.length < Content.CLAIM_BYTES
          ? Door.Verdict.WRONG
          : client.receive(Content.claimed(claim), Content.CLAIM_BYTES);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("get " + name + ": the server has gone silent", e);
    } catch (IOException e) {
      return Door.Verdict.BROKEN;
    }
  }

  /// The names that the server lists.
  static String list(int port) throws IOException {
    try (RawClassic client = connect(port)) {
      client.say("list");
      return new String(client.in().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Sends the bytes of a text.
  void say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends a request and reads the code.
  Answer ask(String request) throws IOException {
    say(request);
    String code = new String(in().readNBytes(4), StandardCharsets.UTF_8);
    if (code.equals("canc")) {
      code += new String(in().readNBytes(2), StandardCharsets.UTF_8);
    }
    return switch (code) {
      case "pass" -> Answer.PASS;
      case "cancel" -> Answer.CANCEL;
      case "" -> Answer.NONE;
      default -> throw new AssertionError("neither pass nor cancel: " + code);
    };
  }

  /// Sends the bytes from one position, a multiple of 8, to before another.
  void send(Content content, long from, long to) throws IOException {
    for (long at = from; at < to; at += PIECE_BYTES) {
      byte[] piece = content.piece(at);
      socket.getOutputStream().write(piece, 0, (int) Math.min(piece.length, to - at));
    }
  }

  /// Says that nothing more comes.
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public Door.Verdict receive(Content expected, long position) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long at = position;
    for (int read = in().read(piece); read >= 0; read = in().read(piece)) {
      if (!expected.matches(piece, read, at)) {
        return Door.Verdict.WRONG;
      }
      at += read;
    }
    return at == expected.size() ? Door.Verdict.WHOLE : Door.Verdict.WRONG;
  }

  @Override
  public void expect(Content content, long from, long to) throws IOException {
    for (long at = from; at < to; ) {
      byte[] piece = in().readNBytes((int) Math.min(PIECE_BYTES, to - at));
      if (piece.length == 0 || !content.matches(piece, piece.length, at)) {
        throw new AssertionError("wrong bytes at " + at);
      }
      at += piece.length;
    }
  }

  @Override
  public Door.End end() throws IOException {
    try {
      in().transferTo(OutputStream.nullOutputStream());
      return Door.End.FIN;
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return Door.End.RESET;
    }
  }

  /// Breaks the connection by a reset.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private InputStream in() throws IOException {
    return socket.getInputStream();
  }
}
