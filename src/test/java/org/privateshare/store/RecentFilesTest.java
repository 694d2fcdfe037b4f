package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.SharePath;

final class RecentFilesTest {
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), RecentFiles.SETTLED.plus(Duration.ofHours(1)));

  @TempDir private Path folder;
  private RecentFiles recents;

  @BeforeEach
  void begin() {
    recents = new RecentFiles(LATER);
  }

  private Path make(int bytes) throws IOException {
    return Files.write(folder.resolve("f"), "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
  }

  private StoredFile open(Path file) throws Exception {
    Stat stat = Stat.of(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return recents.opened(path(file), stat, new FolderFile(channel, stat, Optional.empty()));
  }

  private static SharePath path(Path file) throws Exception {
    return SharePath.parse(file.getFileName().toString());
  }

  @Test
  void aFileThatIsAskedForTwiceIsKept() throws Exception {
    Path file = make(RecentFiles.MOST_BYTES);
    try (StoredFile first = open(file)) {
      assertThat(first.bytes()).isEmpty();
      assertThat(recents.has(path(file))).isFalse();
    }
    try (StoredFile second = open(file)) {
      assertThat(second.bytes().orElseThrow().remaining()).isEqualTo(RecentFiles.MOST_BYTES);
    }
    assertThat(recents.has(path(file))).isTrue();
    assertThat(recents.find(path(file), Stat.of(file)).orElseThrow().bytes()).isPresent();
  }

  @Test
  void oneThatHasChangedIsNotFound() throws Exception {
    Path file = make(10);
    open(file).close();
    open(file).close();
    Files.writeString(file, "0123456789");
    assertThat(recents.find(path(file), Stat.of(file))).isEmpty();
    open(file).close();
    try (StoredFile now = open(file)) {
      ByteBuffer bytes = now.bytes().orElseThrow();
      assertThat(StandardCharsets.US_ASCII.decode(bytes).toString()).isEqualTo("0123456789");
    }
  }

  @Test
  void aLargeOneIsNotKept() throws Exception {
    Path file = make(RecentFiles.MOST_BYTES + 1);
    open(file).close();
    open(file).close();
    assertThat(recents.has(path(file))).isFalse();
  }

  @Test
  void oneThatHasJustChangedIsNotKept() throws Exception {
    recents = new RecentFiles(InstantSource.system());
    Path file = make(10);
    open(file).close();
    open(file).close();
    assertThat(recents.has(path(file))).isFalse();
  }

  @Test
  void onlySoManyAreKept() throws Exception {
    for (int i = 0; i < 2 * RecentFiles.MOST; i++) {
      Path file = Files.writeString(folder.resolve("f" + i), "x");
      open(file).close();
      open(file).close();
    }
    assertThat(recents.has(path(folder.resolve("f0")))).isFalse();
    assertThat(recents.has(path(folder.resolve("f" + (2 * RecentFiles.MOST - 1))))).isTrue();
  }

  @Test
  void whatIsKeptIsReadLikeAnyFile() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");
    open(file).close();
    try (StoredFile kept = open(file);
        FileChannel target =
            FileChannel.open(
                folder.resolve("to"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer some = ByteBuffer.allocate(4);
      assertThat(kept.read(some, 7)).isEqualTo(3);
      assertThat(some.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {'7', '8', '9'}));
      assertThat(kept.read(ByteBuffer.allocate(4), 10)).isEqualTo(-1);
      assertThat(kept.transferTo(2, 3, target)).isEqualTo(3);
      assertThat(kept.transferTo(10, 3, target)).isZero();
      assertThat(Files.readString(folder.resolve("to"))).isEqualTo("234");
      assertThat(kept.size()).isEqualTo(10);
      assertThat(kept.modified()).isEqualTo(Stat.of(file).modified().toInstant());
      assertThat(kept.version()).isEqualTo(FolderFile.version(Stat.of(file)));
      assertThat(kept.digest()).isEmpty();
    }
  }
}
