package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two hundred transfers of 256 MiB at once through a heap of 128 MiB: 50 GiB in all, of which the
/// puts have to fit into memory.
@Tag("load")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ManyTransfersTest {
  private static final int GETS = 160;
  private static final int PUTS = 40;
  private static final int BLOCK = 1 << 20;
  private static final int BLOCKS = 256;

  @Test
  void twoHundredLargeTransfersGoThroughASmallHeap() throws Exception {
    // 10.25 GiB of files, the floor, and what each upload reserves ahead of its unknown end.
    try (Mount memory = Mount.tmpfs("size=12g")) {
      Path share = memory.folder("share");
      long expected = makeFile(share.resolve("served"));
      try (ServerProcess server =
              ServerProcess.Setup.of(share).jvm("-Xmx128m", "-XX:+UseSerialGC").start();
          ExecutorService pool = Executors.newFixedThreadPool(GETS + PUTS)) {
        List<Callable<Long>> work = new ArrayList<>();
        for (int i = 0; i < GETS; i++) {
          work.add(() -> get(server.port()));
        }
        for (int i = 0; i < PUTS; i++) {
          int number = i;
          work.add(() -> put(server.port(), number));
        }
        long start = System.nanoTime();
        List<Future<Long>> sums = pool.invokeAll(work);
        double seconds = (System.nanoTime() - start) / 1e9;
        for (int i = 0; i < GETS; i++) {
          assertThat(sums.get(i).get()).isEqualTo(expected);
        }
        long peak = server.status("VmHWM");
        assertThat(server.log()).doesNotContain("OutOfMemory");
        for (int i = 0; i < PUTS; i++) {
          long sent = sums.get(GETS + i).get(); // first: it says why a put has failed
          assertThat(sum(share.resolve("put-" + i))).isEqualTo(sent);
        }
        Report.line(
            "load: %d gets and %d puts of 256 MiB at once, heap 128 MiB: %.1f s, %.2f GB/s,"
                + " peak %d MiB resident",
            GETS, PUTS, seconds, (GETS + PUTS) * 0.268435456 / seconds, peak >> 10);
      }
    }
  }

  private static long makeFile(Path file) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      CRC32C crc = new CRC32C();
      ByteBuffer block = randomBlock(-1);
      for (int i = 0; i < BLOCKS; i++) {
        crc.update(stamp(block, i).duplicate());
        while (block.hasRemaining()) {
          var _ = out.write(block);
        }
      }
      return crc.getValue();
    }
  }

  private static long get(int port) throws IOException {
    try (SocketChannel channel = ask(port, "get,served")) {
      return sum(channel);
    }
  }

  /// Returns the sum of what was sent, after the server has ended the connection cleanly.
  private static long put(int port, int number) throws IOException {
    try (SocketChannel channel = ask(port, "put,put-" + number)) {
      CRC32C crc = new CRC32C();
      ByteBuffer block = randomBlock(number);
      for (int i = 0; i < BLOCKS; i++) {
        crc.update(stamp(block, i).duplicate());
        while (block.hasRemaining()) {
          var _ = channel.write(block);
        }
      }
      assertThat(sum(channel.shutdownOutput())).as("nothing but a FIN comes back").isZero();
      return crc.getValue();
    }
  }

  private static SocketChannel ask(int port, String request) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    var _ = channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
    ByteBuffer code = ByteBuffer.allocate(4);
    while (code.hasRemaining()) {
      if (channel.read(code) < 0) {
        throw new EOFException("no code");
      }
    }
    assertThat(new String(code.array(), StandardCharsets.UTF_8)).isEqualTo("pass");
    return channel;
  }

  private static ByteBuffer randomBlock(long seed) {
    byte[] bytes = new byte[BLOCK];
    new SplittableRandom(seed).nextBytes(bytes);
    return ByteBuffer.allocateDirect(BLOCK).put(bytes).flip();
  }

  /// Every block differs from the others, so that none can be lost, doubled or misplaced unseen.
  private static ByteBuffer stamp(ByteBuffer block, int number) {
    return block.clear().putInt(0, number);
  }

  private static long sum(Path file) throws IOException {
    assertThat(Files.size(file)).isEqualTo((long) BLOCKS * BLOCK);
    try (FileChannel channel = FileChannel.open(file)) {
      return sum(channel);
    }
  }

  private static long sum(ReadableByteChannel channel) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK / 4);
    while (channel.read(buffer.clear()) >= 0) {
      crc.update(buffer.flip());
    }
    return crc.getValue();
  }
}
