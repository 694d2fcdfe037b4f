package org.privateshare.client.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A server on the loopback address that says whatever a test wants, byte by byte.
public final class RawServer implements Closeable {
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();

  /// What happens on one connection, which is closed at its end.
  @FunctionalInterface
  public interface Script {
    void play(Peer peer) throws Exception;
  }

  private RawServer(ServerSocket listener) {
    this.listener = listener;
  }

  public static RawServer plain(Script script) throws IOException {
    return start(script, socket -> socket);
  }

  public static RawServer tls(SSLContext context, Script script) throws IOException {
    return start(
        script,
        socket -> {
          var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
          tls.setUseClientMode(false);
          return tls;
        });
  }

  @FunctionalInterface
  public interface Wrapping {
    Socket around(Socket socket) throws IOException;
  }

  public static RawServer start(Script script, Wrapping wrapping) throws IOException {
    var server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> server.accept(script, wrapping));
    return server;
  }

  private void accept(Script script, Wrapping wrapping) {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, script, wrapping));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket, Script script, Wrapping wrapping) {
    try (socket;
        Socket wrapped = wrapping.around(socket)) {
      script.play(new Peer(socket, wrapped));
    } catch (Exception e) {
      failures.add(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// How many connections there have been.
  public int connections() {
    return connections.get();
  }

  public Origin origin() {
    return new Origin("127.0.0.1", port());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /// The client at the other end of one connection.
  ///
  /// @param raw below TLS
  /// @param socket what the conversation goes over
  public record Peer(Socket raw, Socket socket) {
    public InputStream in() throws IOException {
      return socket.getInputStream();
    }

    public OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    /// Reads up to the empty line.
    public String head() throws IOException {
      var head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int c = in().read();
        if (c < 0) {
          throw new EOFException("after " + head);
        }
        head.write(c);
      }
      return head.toString(StandardCharsets.ISO_8859_1);
    }

    public void say(String text) throws IOException {
      out().write(text.getBytes(StandardCharsets.ISO_8859_1));
      out().flush();
    }

    /// Says it one byte a segment.
    public void drip(String text) throws IOException {
      socket.setTcpNoDelay(true);
      for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
        out().write(b);
        out().flush();
      }
    }

    /// Lets go of the connection without a goodbye of TLS.
    public void cut() throws IOException {
      raw.shutdownOutput();
    }

    /// Waits until the client closes.
    public void awaitEnd() throws IOException {
      in().transferTo(OutputStream.nullOutputStream());
    }
  }
}
