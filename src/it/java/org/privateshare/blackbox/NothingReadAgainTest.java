package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.blackbox.CutProxy.Way;

/// A large file that stopped at 90 % goes on there, and neither side reads what is there already.
///
/// The file is all holes but for its end. A transfer is killed at its beginning; then the notes of
/// both sides are written on, and their files made longer, as if it had come to 90 %.
/// `-Dgibibytes=N` says how large the file is.
@Tag("resume")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NothingReadAgainTest {
  private static final long SIZE = Long.getLong("gibibytes", 5) << 30;
  private static final long STOP = ((SIZE / 10 * 9) >> 20) << 20;
  private static final long BEGUN = 100L << 20;

  /// What a program reads besides, its own code above all.
  private static final long BESIDES = 200L << 20;

  private static final byte[] END = "the end".getBytes(StandardCharsets.US_ASCII);
  private static final String NAME = "holes";

  @TempDir private Path share;
  @TempDir private Path home;
  private ServerProcess server;
  private CutProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = ServerProcess.Setup.of(share).start();
    proxy = CutProxy.to(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void anUploadReadsOnlyTheRest() throws IOException {
    Path file = holes(home);
    killAtTheBeginning(Way.UP, upload(file));
    server.kill();
    lengthen(staged(".part"));
    String mark = crcOfNothing();
    Path journal = staged(".journal");
    Files.writeString(journal, sealed("run 0 " + STOP + " " + mark), StandardOpenOption.APPEND);
    note(" " + STOP + ":" + mark, "marks");
    server = ServerProcess.Setup.of(share).start();
    proxy.target(server.port());
    goesOn("put", Way.UP, upload(file));
    assertThat(endOf(share.resolve(NAME))).isEqualTo(END);
  }

  @Test
  void aDownloadReadsOnlyTheRest() throws IOException {
    var _ = holes(share);
    killAtTheBeginning(Way.DOWN, download());
    try (Stream<Path> files = Files.list(home)) {
      lengthen(files.filter(file -> file.toString().endsWith(".part")).findFirst().orElseThrow());
    }
    note("mark " + STOP + ":" + crcOfNothing(), "mark");
    goesOn("get", Way.DOWN, download());
    assertThat(endOf(home.resolve(NAME))).isEqualTo(END);
  }

  private static Path holes(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(SIZE - END.length);
      out.write(END);
    }
    return file;
  }

  private static byte[] endOf(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      assertThat(in.length()).isEqualTo(SIZE);
      in.seek(SIZE - END.length);
      byte[] end = new byte[END.length];
      in.readFully(end);
      return end;
    }
  }

  private Process upload(Path file) throws IOException {
    return Sender.start(Sender.OURS.command(server, proxy.port(), file, NAME), home);
  }

  private Process download() throws IOException {
    String url = "https://127.0.0.1:" + proxy.port() + "/" + NAME;
    return Sender.start(Sender.ours("get", url), home);
  }

  private void killAtTheBeginning(Way way, Process program) {
    Output said = new Output(program);
    proxy.at(way, BEGUN, () -> Sender.kill(program));
    assertThat(Shell.exitCode(program)).as(said.awaitAll()).isEqualTo(137);
  }

  private Path staged(String kind) throws IOException {
    return Journal.staged(share).stream()
        .filter(file -> file.toString().endsWith(kind))
        .findFirst()
        .orElseThrow();
  }

  /// What has come is all holes, and so is what would have come.
  private static void lengthen(Path part) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
      file.setLength(STOP);
    }
  }

  private static String crcOfNothing() {
    CRC32C crc = new CRC32C();
    byte[] nothing = new byte[1 << 20];
    for (long at = 0; at < STOP; at += nothing.length) {
      crc.update(nothing);
    }
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /// A line of the server's journal.
  private static String sealed(String line) {
    CRC32C crc = new CRC32C();
    crc.update(line.getBytes(StandardCharsets.UTF_8));
    return "\n" + HexFormat.of().toHexDigits((int) crc.getValue()) + " " + line + "\n";
  }

  /// Changes a line of what the client has noted last: a text that begins with a space is added.
  private static void note(String text, String word) throws IOException {
    Path notes = Shell.state().resolve("privateshare/transfers");
    try (Stream<Path> files = Files.list(notes)) {
      Path last =
          files
              .filter(file -> !file.endsWith("lock") && !file.toString().endsWith(".new"))
              .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
              .orElseThrow();
      List<String> lines =
          Files.readAllLines(last).stream()
              .map(
                  line -> !line.startsWith(word) ? line : text.startsWith(" ") ? line + text : text)
              .toList();
      assertThat(lines).anyMatch(line -> line.endsWith(text));
      Files.writeString(last, String.join("\n", lines) + "\n");
    }
  }

  private void goesOn(String what, Way way, Process program) throws IOException {
    long start = System.nanoTime();
    AtomicLong moving = new AtomicLong();
    Output said = new Output(program);
    proxy.at(way, proxy.passed(way) + (1 << 20), () -> moving.set(System.nanoTime() - start));
    long before = proxy.passed(way);
    long serverBefore = readBy(server.pid());
    AtomicLong client = new AtomicLong();
    Await.until(
        what + " has ended",
        () -> {
          client.set(Math.max(client.get(), readBy(program.pid())));
          return !program.isAlive();
        });
    assertThat(Shell.exitCode(program)).as(said.awaitAll()).isZero();
    long serverRead = readBy(server.pid()) - serverBefore;
    assertThat(proxy.passed(way) - before).as("moved").isLessThan(SIZE - STOP + (8 << 20));
    // What goes over a socket is read too, by the one or the other.
    assertThat(client.get()).as("read by the client").isLessThan(SIZE - STOP + BESIDES);
    assertThat(serverRead).as("read by the server").isLessThan(SIZE - STOP + BESIDES);
    Report.line(
        "resume: %s of %d GiB from 90 %% on: moving after %.1f s, %d MiB moved; %d MiB read by the"
            + " client, %d MiB by the server, files and sockets together",
        what,
        SIZE >> 30,
        moving.get() / 1e9,
        (proxy.passed(way) - before) >> 20,
        client.get() >> 20,
        serverRead >> 20);
  }

  /// All that a process has read so far, from whatever; 0 once it is gone.
  private static long readBy(long pid) {
    Path counters = Path.of("/proc/" + pid + "/io");
    try {
      return Files.readAllLines(counters).stream()
          .filter(line -> line.startsWith("rchar:"))
          .mapToLong(line -> Long.parseLong(line.substring("rchar:".length()).strip()))
          .findFirst()
          .orElse(0);
    } catch (UncheckedIOException | IOException gone) {
      return 0;
    }
  }
}
