package org.privateshare.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// The other end of a connection in tests, byte by byte. Whatever it waits for, it waits for 20 s.
public final class RawPeer implements Closeable {
  private final Socket socket;

  private RawPeer(Socket socket) {
    this.socket = socket;
  }

  /// Connects to a port of this machine, by `127.0.0.1` or `::1`.
  public static RawPeer to(String address, int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), 20_000);
    return over(socket);
  }

  /// Connects with a receive buffer so small that a sender soon has to wait.
  public static RawPeer narrow(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 20_000);
    return over(socket);
  }

  /// The peer at this end of an accepted socket.
  public static RawPeer over(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    return new RawPeer(socket);
  }

  public void tell(String text) throws IOException {
    tell(text.getBytes(UTF_8));
  }

  public void tell(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// Ends this side; the other goes on.
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  /// As [#tell], for a sentence that goes on.
  public RawPeer send(String text) throws IOException {
    tell(text);
    return this;
  }

  public RawPeer send(byte[] bytes) throws IOException {
    tell(bytes);
    return this;
  }

  /// As [#end], for a sentence that goes on.
  public RawPeer fin() throws IOException {
    end();
    return this;
  }

  /// Reads so many bytes and forgets them.
  public void skip(int count) throws IOException {
    socket.getInputStream().skipNBytes(count);
  }

  /// Breaks the connection.
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Exactly so many bytes, as Latin-1.
  public String read(int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), ISO_8859_1);
  }

  /// What one system call of an old client gets.
  public String readOnce() throws IOException {
    byte[] bytes = new byte[32];
    int count = socket.getInputStream().read(bytes);
    return new String(bytes, 0, Math.max(0, count), ISO_8859_1);
  }

  /// Everything up to the end of the stream; an `IOException` where it ends by a reset.
  public byte[] readAll() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
