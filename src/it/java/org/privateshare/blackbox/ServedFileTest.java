package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Another program changes a file while it is served: a reader gets the whole file as it was when
/// it was opened, or sees a failure.
@Tag("disk")
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ServedFileTest {
  private static final Content CONTENT = new Content(1, 64 << 20);
  private static final long READ = 1 << 20;

  @TempDir private Path home;
  private Path share;
  private Path file;
  private ServerProcess server;
  private RawClassic reader;

  @BeforeEach
  void startToRead() throws IOException {
    share = Files.createDirectory(home.resolve("share"));
    file = share.resolve("file");
    CONTENT.writeTo(file);
    server = ServerProcess.Setup.of(share).start();
    reader = RawClassic.connect(server.port(), 1 << 16);
    assertThat(reader.ask("get,file")).isEqualTo(RawClassic.Answer.PASS);
    reader.expect(CONTENT, 0, READ);
  }

  @AfterEach
  void end() throws IOException {
    reader.close();
    server.close();
  }

  @Test
  void aFileThatShrinksEndsInAReset() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var _ = channel.truncate(CONTENT.size() / 2);
    }
    assertThat(reader.end()).isEqualTo(RawClassic.End.RESET);
    Report.line("disk: a file cut while it is served ends in a reset");
  }

  @Test
  void aFileThatGrowsIsServedAsLongAsItWas() throws IOException {
    Files.write(file, new byte[1 << 20], StandardOpenOption.APPEND);
    assertThat(reader.receive(CONTENT, READ)).isEqualTo(RawClassic.Verdict.WHOLE);
  }

  @Test
  void aFileThatIsReplacedIsServedAsItWas() throws IOException {
    Path other = home.resolve("other");
    new Content(2, 1000).writeTo(other);
    var _ = Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(reader.receive(CONTENT, READ)).isEqualTo(RawClassic.Verdict.WHOLE);
  }

  @Test
  void aFileThatIsDeletedIsServedAsItWas() throws IOException {
    Files.delete(file);
    assertThat(reader.receive(CONTENT, READ)).isEqualTo(RawClassic.Verdict.WHOLE);
  }

  @Test
  void aNameThatTurnsIntoSomethingElseIsNotThere() throws IOException {
    Path secret = home.resolve("secret");
    Files.writeString(secret, "not for you");
    assertThat(RawClassic.list(server.port())).isEqualTo("file, ");
    Files.delete(file);
    var _ = Shell.run("mkfifo", file.toString());
    notThere();
    Files.createSymbolicLink(file, secret);
    notThere();
    Files.createSymbolicLink(file, Path.of("/dev/zero"));
    notThere();
    var _ = Files.createDirectory(file);
    notThere();
    Files.createLink(file, Files.createFile(home.resolve("empty")));
    assertThat(RawClassic.get(server.port(), "file", new Content(0, 0)))
        .isEqualTo(RawClassic.Verdict.WHOLE);
  }

  private void notThere() throws IOException {
    assertThat(RawClassic.get(server.port(), "file", new Content(0, 0)))
        .isEqualTo(RawClassic.Verdict.REFUSED);
    assertThat(RawClassic.put(server.port(), "file", new Content(3, 10)))
        .isEqualTo(RawClassic.Fate.REFUSED);
    Files.delete(file);
  }
}
