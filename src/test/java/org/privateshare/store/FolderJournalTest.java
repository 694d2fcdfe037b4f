package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.privateshare.store.StoreContract.bytes;
import static org.privateshare.store.StoreContract.content;
import static org.privateshare.store.StoreContract.path;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Precondition.Existence;

/// What of a journal in a folder outlives the process, and what doesn't.
final class FolderJournalTest {
  private static final String ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

  @TempDir private Path share;

  private Path staged(String name) {
    return share.resolve(".privateshare/staging").resolve(name);
  }

  private void leave(String content) throws Exception {
    try (FolderStore store = FolderStore.open(share);
        StagedFile file = store.restage(ID, path("a"), Existence.ABSENT)) {
      file.write(ByteBuffer.wrap(bytes(content)), 0);
      store.journal().write(ID, "text");
      file.release();
    }
  }

  @Test
  void whatTheJournalKnowsOutlivesTheProcess() throws Exception {
    leave("123");
    try (FolderStore store = FolderStore.open(share)) {
      assertThat(store.journal().ids()).containsExactly(ID);
      try (StagedFile file = store.restage(ID, path("a"), Existence.ABSENT)) {
        file.write(ByteBuffer.wrap(bytes("4")), 3);
        file.publish();
      }
      assertThat(content(store, "a")).contains("1234");
    }
  }

  @Test
  void whatItDoesNotKnowIsSwept() throws Exception {
    leave("123");
    Files.delete(staged(ID + ".journal"));
    FolderStore.open(share).close();
    assertThat(staged("")).isEmptyDirectory();
  }

  @Test
  void bothFilesAreTheOwnersAlone() throws Exception {
    leave("123");
    for (String kind : new String[] {".part", ".journal"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(staged(ID + kind))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aPublishedFileThatKeptItsStagingNameThroughACrashLosesIt() throws Exception {
    leave("123");
    Files.createLink(share.resolve("a"), staged(ID + ".part"));
    try (FolderStore store = FolderStore.open(share)) {
      assertThat(store.journal().isStaged(ID)).isFalse();
      assertThat(staged(ID + ".part")).doesNotExist();
      assertThat(content(store, "a")).contains("123");
    }
  }

  @Test
  void linksInThePlaceOfItsFilesAreNotFollowed() throws Exception {
    Path outside = Files.writeString(share.resolve("outside"), "secret");
    FolderStore.open(share).close();
    Files.createSymbolicLink(staged(ID + ".journal"), outside);
    Files.createSymbolicLink(staged(ID + ".part"), outside);
    try (FolderStore store = FolderStore.open(share)) {
      assertThat(store.journal().ids()).isEmpty();
      assertThat(store.journal().read(ID)).isEmpty();
      assertThatIOException().isThrownBy(() -> store.journal().append(ID, "x"));
      assertThatIOException().isThrownBy(() -> store.restage(ID, path("a"), Existence.ABSENT));
    }
    assertThat(outside).hasContent("secret");
  }
}
