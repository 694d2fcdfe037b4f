package org.privateshare.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A port of the loopback address that refuses every connection for as long as this is open. It is
/// bound, so that nobody else is given it meanwhile, and nobody listens there.
public final class DeadPort implements Closeable {
  private final Socket bound = new Socket();

  public DeadPort() throws IOException {
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  public Origin origin() {
    return new Origin("127.0.0.1", number());
  }

  public int number() {
    return bound.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    bound.close();
  }
}
