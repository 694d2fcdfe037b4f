package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateshare.blackbox.Programs.Client;

/// Old and new programs with one very large file, and many of them at once.
@Tag("interop")
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class InteropLoadTest {
  private static final int CLIENTS = 200;

  /// More than 2 GiB and no multiple of anything; mostly a hole, which costs no disk at the sender.
  private static final long LARGE_BYTES = (2L << 30) + 12_345;

  @ParameterizedTest
  @CsvSource({"OURS, OURS", "OURS, OLD", "OLD, OURS"})
  void aFileOfMoreThanTwoGibibytesGoesThereAndBack(Client client, Client serverOf)
      throws IOException {
    try (Mount memory = Mount.tmpfs("size=5g")) {
      Path share = Files.createDirectory(memory.point().resolve("share"));
      Path sender = Files.createDirectory(memory.point().resolve("sender"));
      Path receiver = Files.createDirectory(memory.point().resolve("receiver"));
      makeLarge(sender.resolve("large"));
      try (Programs.Server server =
          serverOf == Client.OURS ? Programs.Ours.serving(share) : Programs.Old.serving(share)) {
        long start = System.nanoTime();
        var _ = client.run(sender, server.port(), "put", "large");
        same(sender.resolve("large"), share.resolve("large"));
        var _ = client.run(receiver, server.port(), "get", "large");
        same(sender.resolve("large"), receiver.resolve("large"));
        Report.line(
            "interop: %s client, %s server: 2 GiB there and back in %.1f s, compared",
            client, serverOf, (System.nanoTime() - start) / 1e9);
      }
    }
  }

  private static void makeLarge(Path file) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Content marks = new Content(1, LARGE_BYTES);
      for (long at = 0; at < LARGE_BYTES; at += 61L << 20) {
        var _ = out.write(java.nio.ByteBuffer.wrap(marks.piece(at)), at);
      }
      long last = LARGE_BYTES - 1 & -8;
      var _ = out.write(java.nio.ByteBuffer.wrap(marks.piece(last)), last);
    }
  }

  private static void same(Path expected, Path actual) {
    Await.until("the whole file is there", () -> actual.toFile().length() == LARGE_BYTES);
    var _ = Shell.run("cmp", expected.toString(), actual.toString());
  }

  @Test
  void twoHundredOldClientsAtOnce(@TempDir Path home) throws Exception {
    Path share = Files.createDirectory(home.resolve("share"));
    Path sender = Files.createDirectory(home.resolve("sender"));
    Content[] contents = new Content[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      contents[i] = new Content(i, 200_000 + i);
      contents[i].writeTo(sender.resolve("file-" + i));
    }
    try (ServerProcess server = ServerProcess.Setup.of(share).start();
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Boolean>> puts = new ArrayList<>();
      List<Callable<Boolean>> gets = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String name = "file-" + i;
        Content content = contents[i];
        puts.add(() -> Client.OLD.run(sender, server.port(), "put", name).exit() == 0);
        gets.add(() -> RawClassic.get(server.port(), name, content) == Door.Verdict.WHOLE);
      }
      allTrue(pool.invokeAll(puts));
      Await.until("all are published", () -> Journal.visible(share).size() == CLIENTS);
      allTrue(pool.invokeAll(gets));
      for (int i = 0; i < CLIENTS; i++) {
        assertThat(contents[i].isIn(share.resolve("file-" + i))).isTrue();
      }
    }
    Report.line(
        "interop: %d old clients put and %d raw ones get at once, all whole", CLIENTS, CLIENTS);
  }

  private static void allTrue(List<Future<Boolean>> results) throws Exception {
    for (Future<Boolean> result : results) {
      assertThat(result.get()).isTrue();
    }
  }
}
