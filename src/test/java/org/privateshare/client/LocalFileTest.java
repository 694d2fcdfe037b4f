package org.privateshare.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;

final class LocalFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsSentUnderItsLastName() throws Exception {
    assertThat(LocalFile.nameOf(folder.resolve("apple.jpg"))).isEqualTo("apple.jpg");
  }

  @Test
  void aFileIsSentWithTheBytesItHasNow() throws Exception {
    Path file = Files.writeString(folder.resolve("apple.jpg"), "red");
    try (LocalFile source = LocalFile.open(file, Memory.NONE)) {
      Files.writeString(file, "der", StandardOpenOption.APPEND);
      ByteBuffer bytes = ByteBuffer.allocate(10);
      assertThat(source.size()).hasValue(3);
      assertThat(source.read(bytes)).isEqualTo(3);
      assertThat(source.read(bytes)).isEqualTo(-1);
      assertThat(bytes.flip()).isEqualTo(ByteBuffer.wrap("red".getBytes(UTF_8)));
    }
  }

  @Test
  void aFileThatNobodyTouchesIsUnchanged() throws Exception {
    Path file = Files.writeString(folder.resolve("apple.jpg"), "red");
    try (LocalFile source = LocalFile.open(file, Memory.NONE)) {
      assertThatCode(source::requireUnchanged).doesNotThrowAnyException();
    }
  }

  @Test
  void aFileThatGrowsIsNoticed() throws Exception {
    Path file = Files.writeString(folder.resolve("log"), "one\n");
    try (LocalFile source = LocalFile.open(file, Memory.NONE)) {
      Files.writeString(file, "two\n", StandardOpenOption.APPEND);
      assertThatThrownBy(source::requireUnchanged)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("4 bytes before, 8 now");
    }
  }

  @Test
  void aFileThatShrinksIsNoticed() throws Exception {
    Path file = Files.writeString(folder.resolve("log"), "one\n");
    try (LocalFile source = LocalFile.open(file, Memory.NONE);
        FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileChannel _ = other.truncate(1);
      assertThatThrownBy(source::requireUnchanged).isInstanceOf(FileSystemException.class);
    }
  }

  @Test
  void aMissingFileIsMissing() {
    assertThatThrownBy(() -> LocalFile.open(folder.resolve("none"), Memory.NONE))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> LocalFile.open(folder, Memory.NONE))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("a folder");
  }

  @Test
  @Timeout(10)
  void aPipeIsRefusedWithoutWaitingForItsWriter() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> LocalFile.open(pipe, Memory.NONE))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not a regular file");
  }

  @ParameterizedTest
  @ValueSource(strings = {".bashrc", "a:b", "con", "a ", "a.", "e\u0301", "a\u202eb"})
  void aNameThatNoShareCouldCreateIsRefused(String name) {
    assertThatThrownBy(() -> LocalFile.nameOf(folder.resolve(name)))
        .isInstanceOf(Refusal.BadName.class);
  }
}
