package org.privateshare.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/// The other end of a connection that speaks HTTP/2 (RFC 9113), frame by frame, right or wrong.
/// Whatever it waits for, it waits for 20 s.
public final class Http2Peer implements Closeable {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;

  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;

  public static final int PROTOCOL_ERROR = 1;
  static final int FLOW_CONTROL_ERROR = 3;
  static final int REFUSED_STREAM = 7;
  public static final int CANCEL = 8;
  static final int ENHANCE_YOUR_CALM = 11;

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  private final SSLSocket socket;
  private final DataInputStream in;

  public record Frame(int type, int flags, int stream, ByteBuffer payload) {
    /// The error code of a `RST_STREAM` or `GOAWAY`.
    public int error() {
      return payload.getInt(type == GOAWAY ? 4 : 0);
    }
  }

  /// Knows what the server's heads have said so far.
  private final HpackDecoder heads = new HpackDecoder(1 << 16, System::nanoTime);

  private Http2Peer(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /// Connects to a port of this machine, whoever answers there.
  public static Http2Peer to(int port) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setSoTimeout(20_000);
    plain.setTcpNoDelay(true);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyServer()}, null);
      return over(
          (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", port, true));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /// Begins the conversation with these settings, pairs of an identifier and a value.
  static Http2Peer over(SSLSocket socket, int... settings) throws IOException {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    if (!socket.getApplicationProtocol().equals("h2")) {
      throw new IOException("the server doesn't speak HTTP/2");
    }
    Http2Peer peer = new Http2Peer(socket);
    ByteBuffer values = ByteBuffer.allocate(settings.length * 3);
    for (int i = 0; i < settings.length; i += 2) {
      values.putShort((short) settings[i]).putInt(settings[i + 1]);
    }
    socket.getOutputStream().write(PREFACE);
    peer.send(SETTINGS, 0, 0, values.array());
    return peer;
  }

  public void send(int type, int flags, int stream, byte[] payload) throws IOException {
    socket.getOutputStream().write(frame(type, flags, stream, payload));
  }

  /// Several frames in one write.
  void sendAll(byte[]... frames) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    socket.getOutputStream().write(all.toByteArray());
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /// Asks for a path on a stream.
  void get(int stream, String path) throws IOException {
    send(HEADERS, END_STREAM | END_HEADERS, stream, head("GET", path));
  }

  /// A head in HPACK (RFC 7541) without any compression, so that it can say anything.
  public static byte[] head(String method, String path, String... fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    field(block, ":method", method);
    field(block, ":scheme", "https");
    field(block, ":authority", "localhost");
    field(block, ":path", path);
    for (int i = 0; i < fields.length; i += 2) {
      field(block, fields[i], fields[i + 1]);
    }
    return block.toByteArray();
  }

  static void field(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    text(block, name);
    text(block, value);
  }

  /// Section 5.2: the length with a prefix of 7 bits, and the letters as they are.
  static void text(ByteArrayOutputStream block, String text) {
    int length = text.length();
    block.write(Math.min(length, 127));
    if (length >= 127) {
      int rest = length - 127;
      for (; rest >= 128; rest /= 128) {
        block.write(rest % 128 + 128);
      }
      block.write(rest);
    }
    block.writeBytes(text.getBytes(ISO_8859_1));
  }

  public static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /// The next frame; empty at the end, clean or not.
  Optional<Frame> next() throws IOException {
    try {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = new byte[length];
      in.readFully(payload);
      return Optional.of(new Frame(type, flags, stream, ByteBuffer.wrap(payload)));
    } catch (EOFException | SocketException | SSLException end) {
      return Optional.empty();
    }
  }

  /// The next frame of this kind, the others left out; empty where the connection ends before.
  public Optional<Frame> await(Predicate<Frame> kind) throws IOException {
    Optional<Frame> frame = next();
    while (frame.isPresent() && !kind.test(frame.get())) {
      frame = next();
    }
    return frame;
  }

  /// The status in a `HEADERS` frame; of each connection all of them have to be read, in order.
  public int status(Frame head) throws IOException {
    return response(head).getStatus();
  }

  /// The fields in such a frame instead.
  public HttpFields fields(Frame head) throws IOException {
    return response(head).getHttpFields();
  }

  private MetaData.Response response(Frame head) throws IOException {
    try {
      return (MetaData.Response) heads.decode(head.payload());
    } catch (HpackException e) {
      throw new IOException(e);
    }
  }

  /// Does something again and again until the server ends the connection; returns the error that it
  /// gave for it, if it had the time to.
  OptionalInt untilGoAway(int most, Step step) throws IOException {
    try {
      for (int i = 0; i < most; i++) {
        step.take(i);
      }
    } catch (SocketException | SSLException broken) {
      // What it said before is still to be read.
    }
    Optional<Frame> farewell = await(frame -> frame.type() == GOAWAY);
    return farewell.isPresent() ? OptionalInt.of(farewell.get().error()) : OptionalInt.empty();
  }

  @FunctionalInterface
  interface Step {
    void take(int number) throws IOException;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
