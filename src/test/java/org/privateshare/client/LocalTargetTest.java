package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalTargetTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("apple.jpg");
  }

  @Test
  void theNameShowsNothingBeforeAndTheWholeFileAfterThePublish() throws Exception {
    try (LocalTarget target = LocalTarget.create(file, Memory.NONE)) {
      target.write(bytes("red "));
      target.write(bytes("apple"));
      assertThat(file).doesNotExist();
      target.publish(IfTaken.REFUSE);
    }
    assertThat(file).hasContent("red apple");
    assertThat(names()).containsExactly("apple.jpg");
  }

  @Test
  void whatIsNotPublishedIsGone() throws Exception {
    try (LocalTarget target = LocalTarget.create(file, Memory.NONE)) {
      target.write(bytes("half"));
      assertThat(names())
          .singleElement()
          .asString()
          .matches("\\.apple\\.jpg\\.[0-9a-f]{12}\\.part");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void aReplacementTakesTheNameAndNotTheFileBehindALink() throws Exception {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
    Files.createSymbolicLink(file, elsewhere);
    try (LocalTarget target = LocalTarget.create(file, Memory.NONE)) {
      target.write(bytes("theirs"));
      target.publish(IfTaken.REPLACE);
    }
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(file).hasContent("theirs");
    assertThat(elsewhere).hasContent("mine");
    assertThat(names()).containsExactlyInAnyOrder("apple.jpg", "elsewhere");
  }

  @Test
  void aReplacementNeverTakesTheNameOfAFolder() throws Exception {
    Files.createDirectory(file);
    try (LocalTarget target = LocalTarget.create(file, Memory.NONE)) {
      target.write(bytes("theirs"));
      assertThatThrownBy(() -> target.publish(IfTaken.REPLACE))
          .isInstanceOf(FileSystemException.class);
    }
    assertThat(file).isDirectory();
    assertThat(names()).containsExactly("apple.jpg");
  }

  @Test
  void aNameThatWasTakenMeanwhileIsNotLost() throws Exception {
    try (LocalTarget target = LocalTarget.create(file, Memory.NONE)) {
      target.write(bytes("theirs"));
      Files.writeString(file, "mine");
      assertThatThrownBy(() -> target.publish(IfTaken.REFUSE))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(file).hasContent("mine");
    assertThat(names()).containsExactly("apple.jpg");
  }

  @Test
  void aLinkThatCameMeanwhileIsNotFollowed() throws Exception {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
    try (LocalTarget target = LocalTarget.create(file, Memory.NONE)) {
      target.write(bytes("theirs"));
      Files.createSymbolicLink(file, elsewhere);
      assertThatThrownBy(() -> target.publish(IfTaken.REFUSE))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(elsewhere).hasContent("mine");
  }

  @Test
  void aMissingFolderIsNotMade() {
    Path deep = folder.resolve("no/apple.jpg");
    assertThatThrownBy(() -> LocalTarget.create(deep, Memory.NONE))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void whereThereAreNoHardLinksTheFileIsPublishedAllTheSame() throws Exception {
    try (LocalTarget target = LocalTarget.create(file, Memory.NONE, 1, withoutLinks())) {
      target.write(bytes("red apple"));
      target.publish(IfTaken.REFUSE);
    }
    assertThat(file).hasContent("red apple");
    assertThat(names()).containsExactly("apple.jpg");
  }

  @Test
  void whereThereAreNoHardLinksATakenNameIsNotLostEither() throws Exception {
    try (LocalTarget target = LocalTarget.create(file, Memory.NONE, 1, withoutLinks())) {
      target.write(bytes("theirs"));
      Files.writeString(file, "mine");
      assertThatThrownBy(() -> target.publish(IfTaken.REFUSE))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(file).hasContent("mine");
    assertThat(names()).containsExactly("apple.jpg");
  }

  @Test
  void theLongestNameHasRoomForItsStagingFile() throws Exception {
    Path longest = folder.resolve("😀".repeat(63) + "abc");
    try (LocalTarget target = LocalTarget.create(longest, Memory.NONE)) {
      target.publish(IfTaken.REFUSE);
    }
    assertThat(Files.exists(longest, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  private static Publisher withoutLinks() {
    return new Publisher(
        (name, existing) -> {
          throw new FileSystemException(name.toString(), existing.toString(), "not permitted");
        });
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
