package org.privateshare.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Visit;

/// A listener with HTTP and a handler that serves bytes: `/N` answers so many of them, `/slow`
/// waits in the middle until it is let go on, `/count` says how long the body of the request was.
abstract class HttpFixture {
  static final ListenerOptions OPTIONS = ListenerOptions.onPort(0);

  @TempDir Path folder;
  final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
  final CountDownLatch goOn = new CountDownLatch(1);
  private @Nullable Identity identity;
  Listener listener = new Listener(OPTIONS, List.of());

  final class Bytes extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = Request.getPathInContext(request);
      switch (path) {
        case "/slow" -> {
          response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 8);
          write(response, false, "half");
          seen.add("running");
          goOn.await();
          response.write(true, ByteBuffer.wrap("done".getBytes(US_ASCII)), callback);
        }
        case "/count" -> {
          long count = count(request);
          seen.add("body of " + count);
          response.write(true, ByteBuffer.wrap((count + "\n").getBytes(US_ASCII)), callback);
        }
        case "/broken" -> {
          write(response, false, "half");
          callback.failed(new IOException("the disk is gone"));
        }
        case "/none" -> {
          return false;
        }
        default -> {
          seen.add(request.getConnectionMetaData().getProtocol() + (request.isSecure() ? "+" : ""));
          sendBytes(response, Long.parseLong(path.substring(1)));
          response.write(true, null, callback);
        }
      }
      return true;
    }

    private long count(Request request) throws IOException {
      long count = 0;
      byte[] bytes = new byte[8192];
      try (InputStream in = Content.Source.asInputStream(request)) {
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
          count += n;
        }
        return count;
      } catch (IOException e) {
        seen.add("broken body");
        throw e;
      }
    }

    private void sendBytes(Response response, long size) throws IOException {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, size);
      byte[] block = new byte[65_536];
      for (long at = 0; at < size; at += block.length) {
        int count = (int) Math.min(block.length, size - at);
        for (int i = 0; i < count; i++) {
          block[i] = (byte) ((at + i) % 251);
        }
        try (Blocker.Callback sent = Blocker.callback()) {
          response.write(false, ByteBuffer.wrap(block, 0, count), sent);
          sent.block();
        }
      }
    }

    private void write(Response response, boolean last, String text) throws IOException {
      try (Blocker.Callback sent = Blocker.callback()) {
        response.write(last, ByteBuffer.wrap(text.getBytes(US_ASCII)), sent);
        sent.block();
      }
    }
  }

  final void start(ListenerOptions options, TlsOptions tls) throws IOException {
    start(options, InetAddress::isLoopbackAddress, tls);
  }

  final void start(ListenerOptions options, PlainHttp plain, TlsOptions tls) throws IOException {
    HttpDoor door = new HttpDoor(new Bytes(), identity(), plain, tls, visits::add);
    listener = new Listener(options, List.of(), door);
    listener.start();
  }

  /// Who the server is, one that it made itself unless the test says otherwise.
  final Identity identity() throws IOException {
    Identity known = identity;
    if (known == null) {
      known = Identity.kept(folder.resolve("tls"));
      identity = known;
    }
    return known;
  }

  final void useIdentity(Identity other) {
    identity = other;
  }

  @AfterEach
  final void stop() {
    goOn.countDown();
    listener.close();
  }

  static void fill(byte[] block, long at) {
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) ((at + i) % 251);
    }
  }

  final String url(String path) {
    return "https://127.0.0.1:" + listener.port() + path;
  }

  /// curl with the server's key pinned, which is what a user pastes.
  final Tool curl(String... more) throws Exception {
    return curlPinned(identity().fingerprint().toString(), more);
  }

  final Tool curlPinned(String pin, String... more) throws Exception {
    var command =
        new ArrayList<>(List.of("curl", "-sS", "-k", "--max-time", "25", "--pinnedpubkey", pin));
    command.addAll(List.of(more));
    return Tool.run(command.toArray(String[]::new));
  }

  final Tool openssl(String... more) throws Exception {
    var command =
        new ArrayList<>(
            List.of("openssl", "s_client", "-brief", "-connect", "127.0.0.1:" + listener.port()));
    command.addAll(List.of(more));
    return Tool.run(command.toArray(String[]::new));
  }

  final RawPeer connect() throws IOException {
    return RawPeer.to("127.0.0.1", listener.port());
  }

  /// A connection by the JDK's TLS that trusts anyone.
  final SSLSocket secure(int port) throws IOException, GeneralSecurityException {
    return secure(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /// The same over a connection that was made before.
  final SSLSocket secure(Socket plain) throws IOException, GeneralSecurityException {
    plain.setSoTimeout(20_000);
    plain.setTcpNoDelay(true);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyServer()}, null);
    return (SSLSocket)
        context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
  }
}
