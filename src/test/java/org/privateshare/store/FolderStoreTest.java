package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract over a real folder, once for each way of containment, and behind a decorator.
final class FolderStoreTest {
  abstract static class OverAFolder extends ManyContract {
    @TempDir private Path folder;

    abstract Containment contain(Path root) throws IOException;

    @Override
    Store open() throws IOException {
      return FolderStore.open(folder, contain(folder));
    }

    @Override
    void putPast(String path, byte[] bytes) throws IOException {
      Path aside = Files.createTempFile(folder, ".aside", "");
      Files.write(aside, bytes);
      Files.move(aside, folder.resolve(path), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    void makeFolderPast(String path) throws IOException {
      Files.createDirectory(folder.resolve(path));
    }

    @Override
    void removePast(String path) throws IOException {
      Files.delete(folder.resolve(path));
    }

    @Override
    void cutPast(String path, int length) throws IOException {
      try (FileChannel file = FileChannel.open(folder.resolve(path), StandardOpenOption.WRITE)) {
        var _ = file.truncate(length);
      }
    }
  }

  @Nested
  final class ByOneCall extends OverAFolder {
    @Override
    Containment contain(Path root) throws IOException {
      return Way.ONE_CALL.contain(root);
    }
  }

  @Nested
  final class StepByStep extends OverAFolder {
    @Override
    Containment contain(Path root) throws IOException {
      return Way.STEP_BY_STEP.contain(root);
    }
  }

  @Nested
  final class ByWalking extends OverAFolder {
    @Override
    Containment contain(Path root) throws IOException {
      return Way.WALKING.contain(root);
    }
  }

  @Nested
  final class OneByteAtATime extends OverAFolder {
    @Override
    Containment contain(Path root) throws IOException {
      return Containment.of(root);
    }

    @Override
    Store open() throws IOException {
      return new OneByteStore(super.open());
    }
  }

  @Test
  void onThisLinuxTheKernelContains(@TempDir Path folder) throws IOException {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    try (FolderStore store = FolderStore.open(folder)) {
      assertThat(store.containedByKernel()).isTrue();
    }
  }
}
