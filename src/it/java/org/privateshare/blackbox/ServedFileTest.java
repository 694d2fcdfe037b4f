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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Another program changes a file while it is served: a reader gets the whole file as it was when
/// it was opened, or sees a failure.
@Tag("disk")
@ParameterizedClass
@EnumSource
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ServedFileTest {
  private static final Content CONTENT = new Content(1, 64 << 20);
  private static final long READ = 1 << 20;

  private final Door door;

  @TempDir private Path home;
  private Path share;
  private Path file;
  private ServerProcess server;
  private Door.Reader reader;

  ServedFileTest(Door door) {
    this.door = door;
  }

  @BeforeEach
  void startToRead() throws IOException {
    share = Files.createDirectory(home.resolve("share"));
    file = share.resolve("file");
    CONTENT.writeTo(file);
    server = ServerProcess.Setup.of(share).start();
    reader = door.read(server.port(), "file");
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
    assertThat(reader.end()).isEqualTo(Door.End.RESET);
    Report.line("disk: %s: a file cut while it is served ends in a reset", door);
  }

  @Test
  void aFileThatGrowsIsServedAsLongAsItWas() throws IOException {
    Files.write(file, new byte[1 << 20], StandardOpenOption.APPEND);
    assertThat(reader.receive(CONTENT, READ)).isEqualTo(Door.Verdict.WHOLE);
  }

  @Test
  void aFileThatIsReplacedIsServedAsItWas() throws IOException {
    Path other = home.resolve("other");
    new Content(2, 1000).writeTo(other);
    var _ = Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(reader.receive(CONTENT, READ)).isEqualTo(Door.Verdict.WHOLE);
  }

  @Test
  void aFileThatIsDeletedIsServedAsItWas() throws IOException {
    Files.delete(file);
    assertThat(reader.receive(CONTENT, READ)).isEqualTo(Door.Verdict.WHOLE);
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
    assertThat(door.get(server.port(), "file", new Content(0, 0))).isEqualTo(Door.Verdict.WHOLE);
  }

  private void notThere() throws IOException {
    assertThat(door.get(server.port(), "file", new Content(0, 0))).isEqualTo(Door.Verdict.REFUSED);
    assertThat(door.put(server.port(), "file", new Content(3, 10))).isEqualTo(Door.Fate.REFUSED);
    Files.delete(file);
  }
}
