package org.privateshare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.client.Memory;

final class TransferMemoriesTest {
  @TempDir private Path state;

  @Test
  void whatIsKeptIsFoundByTheSameTransferOnly() throws Exception {
    try (Memory first = memories("nas").of("get", "a\n/home/a")) {
      first.keep("one");
      first.keep("two");
      assertThat(first.isKept()).isTrue();
    }
    try (Memory same = memories("nas").of("get", "a\n/home/a")) {
      assertThat(same.recall()).hasValue("two");
      assertThat(same.isKept()).isTrue();
      same.forget();
      assertThat(same.recall()).isEmpty();
    }
    for (Memory other :
        new Memory[] {
          memories("nas").of("put", "a\n/home/a"),
          memories("nas").of("get", "a\n/home/b"),
          memories("six").of("get", "a\n/home/a")
        }) {
      assertThat(other.recall()).isEmpty();
      other.close();
    }
  }

  @Test
  void nobodyElseReadsIt() throws Exception {
    try (Memory memory = memories("nas").of("get", "a")) {
      memory.keep("one");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
          .isEqualTo("rwx------");
      Path file = folder().resolve(memory.tag());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void twoDoNotWorkAtOneTransfer() throws Exception {
    try (Memory first = memories("nas").of("get", "a");
        Memory second = memories("nas").of("get", "a")) {
      first.keep("one");
      assertThatThrownBy(second::recall)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("another privateshare is at this very transfer");
      assertThatThrownBy(second::claim).isInstanceOf(FileSystemException.class);
    }
    try (Memory third = memories("nas").of("get", "a")) {
      assertThat(third.claim()).isTrue();
    }
  }

  @Test
  void whereNothingIsKeptNothingIsMade() throws Exception {
    try (Memory memory = memories("nas").of("get", "a")) {
      assertThat(memory.recall()).isEmpty();
    }
    assertThat(folder()).doesNotExist();
  }

  @Test
  void aFolderThatOthersMayReadIsNotUsed() throws Exception {
    Files.createDirectory(folder());
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Memory memory = memories("nas").of("get", "a")) {
      assertThat(memory.claim()).isFalse();
      memory.keep("one");
      assertThat(memory.isKept()).isFalse();
      assertThat(memory.recall()).isEmpty();
    }
    assertThat(folder()).isEmptyDirectory();
  }

  private Path folder() {
    return state.resolve("transfers");
  }

  private TransferMemories memories(String server) {
    return new TransferMemories(folder(), server);
  }
}
