package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.privateshare.store.StoreContract.path;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;

/// What a staged file does when the disk fails it.
final class FolderStagedFileTest {
  private static final Optional<String> ID = Optional.of("0".repeat(32));

  @TempDir private Path share;

  private static StagedFile staged(FolderStore store, String name, Path file, FileChannel channel)
      throws Refusal {
    return new FolderStagedFile(
        store, ID, path(name), Precondition.Existence.ABSENT, new NamedBytes(store, file, channel));
  }

  @Test
  void aFailedForceIsNeverTriedAgain() throws Exception {
    try (FolderStore store = FolderStore.open(share)) {
      Path file = Files.createFile(share.resolve(".file"));
      FailingChannel channel = new FailingChannel(FileChannel.open(file, StandardOpenOption.WRITE));
      try (StagedFile staged = staged(store, "a", file, channel)) {
        staged.write(ByteBuffer.wrap(new byte[10]), 0);
        assertThatIOException()
            .isThrownBy(staged::force)
            .withMessage("cannot force to disk \"a\": Input/output error");
        assertThatIOException().isThrownBy(staged::force).withMessageContaining("earlier step");
        assertThatIOException().isThrownBy(staged::publish).withMessageContaining("earlier step");
        assertThatIOException().isThrownBy(() -> staged.write(ByteBuffer.wrap(new byte[1]), 10));
      }
      assertThat(channel.forces()).isEqualTo(1);
      assertThat(store.find(path("a"))).isEmpty();
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void aForceThatFailsWhilePublishingShowsNothing() throws Exception {
    try (FolderStore store = FolderStore.open(share)) {
      Path file = Files.createFile(share.resolve(".file"));
      FailingChannel channel = new FailingChannel(FileChannel.open(file, StandardOpenOption.WRITE));
      try (StagedFile staged = staged(store, "new/a", file, channel)) {
        assertThatIOException()
            .isThrownBy(staged::publish)
            .withMessage("cannot publish \"new/a\": Input/output error");
        assertThatIOException().isThrownBy(staged::publish).withMessageContaining("earlier step");
      }
      assertThat(channel.forces()).isEqualTo(1);
      assertThat(store.find(path("new"))).isEmpty();
    }
  }

  @Test
  void aFullDiskIsARefusal() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(full).isWritable();
    try (FolderStore store = FolderStore.open(share);
        StagedFile staged =
            staged(
                store,
                "a",
                Files.createFile(share.resolve(".file")),
                FileChannel.open(full, StandardOpenOption.WRITE))) {
      assertThatExceptionOfType(Refusal.NoSpace.class)
          .isThrownBy(() -> staged.write(ByteBuffer.wrap(new byte[10]), 0));
      assertThatIOException().isThrownBy(staged::publish);
    }
  }
}
