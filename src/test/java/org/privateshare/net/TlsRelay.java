package org.privateshare.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Stands between one client and a server and sends on what the client says in small pieces, each a
/// segment of its own.
final class TlsRelay implements Closeable {
  /// How the client's bytes go on.
  interface Pieces {
    void send(byte[] bytes, int count, OutputStream to) throws IOException;
  }

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));

  TlsRelay(int port, Pieces pieces) throws IOException {
    Thread.ofVirtual().start(() -> relay(port, pieces));
  }

  int port() {
    return server.getLocalPort();
  }

  private void relay(int port, Pieces pieces) {
    try (Socket accepted = server.accept();
        Socket target = new Socket()) {
      target.setTcpNoDelay(true);
      target.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      Thread back = Thread.ofVirtual().start(() -> answer(target, accepted));
      InputStream in = accepted.getInputStream();
      byte[] bytes = new byte[65_536];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        pieces.send(bytes, count, target.getOutputStream());
      }
      target.shutdownOutput();
      back.join();
    } catch (IOException | InterruptedException ended) {
      // The test sees it at its own end.
    }
  }

  private static void answer(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException ended) {
      // The test sees it at its own end.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
