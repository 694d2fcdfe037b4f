package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Peers that begin TLS and then talk nonsense, leave or say nothing more. The silent ones make it
/// wait for most of its time, so it runs beside the others of its suite.
///
/// `-Dseed=N` repeats a run's choices.
@Tag("load")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BrokenHandshakesTest {
  private static final int OF_EACH = 250;
  private static final byte HANDSHAKE = 0x16;
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final Duration LONG = Duration.ofSeconds(150);
  private static final Content SMALL = new Content(1, 100_000);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Socket> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws IOException {
    for (Socket peer : open) {
      peer.close();
    }
  }

  @Test
  void brokenHandshakesKeepNobodyOutAndLeaveNothing(@TempDir Path share) throws IOException {
    SMALL.writeTo(share.resolve("small"));
    byte[] hello = hello();
    try (ServerProcess server = ServerProcess.Setup.of(share).asLaunched().start()) {
      for (int i = 0; i < OF_EACH; i++) {
        var _ = begin(server, garbage());
        var _ = begin(server, part(hello));
        begin(server, part(hello)).shutdownOutput();
        begin(server, part(hello)).setSoLinger(true, 0);
        // Closed with that option set, it is broken by a reset.
        open.removeLast().close();
        if (i % 50 == 0) {
          servedStill(server);
        }
      }
      for (Socket peer : open) {
        awaitEnd(peer);
      }
      servedStill(server);
      Await.until("none is left", LONG, () -> server.connections() == 0);
      Await.until("and nothing of them", LONG, () -> server.descriptors() < OF_EACH);
      Report.line(
          "load: %d broken handshakes, a quarter each garbage, silent, ended and reset: nothing is"
              + " left (-Dseed=%d)",
          4 * OF_EACH, SEED);
    }
  }

  private Socket begin(ServerProcess server, byte[] bytes) throws IOException {
    Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.port());
    open.add(peer);
    peer.setSoTimeout(Math.toIntExact(LONG.toMillis()));
    peer.getOutputStream().write(bytes);
    return peer;
  }

  private byte[] garbage() {
    byte[] bytes = new byte[random.nextInt(2, 600)];
    random.nextBytes(bytes);
    bytes[0] = HANDSHAKE;
    return bytes;
  }

  private byte[] part(byte[] hello) {
    return Arrays.copyOf(hello, random.nextInt(1, hello.length));
  }

  /// The first flight of a client.
  private static byte[] hello() throws SSLException {
    SSLEngine client = AnyIdentity.context().createSSLEngine();
    client.setUseClientMode(true);
    ByteBuffer flight = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    int length = client.wrap(ByteBuffer.allocate(0), flight).bytesProduced();
    return Arrays.copyOf(flight.array(), length);
  }

  private static void servedStill(ServerProcess server) {
    assertThat(RawHttps.get(server.port(), "small", SMALL)).isEqualTo(Door.Verdict.WHOLE);
  }

  /// The server may say why, and ends it in peace or by a reset.
  private static void awaitEnd(Socket peer) throws IOException {
    try {
      var _ = peer.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      // That is an end too.
    }
  }
}
