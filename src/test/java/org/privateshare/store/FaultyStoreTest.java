package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.store.ChangesContract.history;
import static org.privateshare.store.ChangesContract.replace;
import static org.privateshare.store.StoreContract.bytes;
import static org.privateshare.store.StoreContract.content;
import static org.privateshare.store.StoreContract.names;
import static org.privateshare.store.StoreContract.path;
import static org.privateshare.store.StoreContract.put;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.Refusal;

/// Whichever call of an upload fails, the name is absent or whole, and nothing else changes;
/// whichever call of a change fails, no content is lost and none is there twice.
final class FaultyStoreTest {
  @ParameterizedTest
  @EnumSource
  void eachCallInTurnMayFailInMemory(FaultyStore.Effect effect) throws Exception {
    for (int call = 1; survives(new MemoryStore(), call, effect); call++) {}
  }

  @ParameterizedTest
  @EnumSource
  void eachCallInTurnMayFailInAFolder(FaultyStore.Effect effect, @TempDir Path temp)
      throws Exception {
    boolean failed = true;
    for (int call = 1; failed; call++) {
      Path share = Files.createDirectory(temp.resolve("share" + call));
      try (FolderStore store = FolderStore.open(share)) {
        failed = survives(store, call, effect);
        assertThat(share.resolve(".privateshare/staging")).isEmptyDirectory();
      }
    }
  }

  /// Uploads with the given call failing; whether it was reached.
  private static boolean survives(Store store, int call, FaultyStore.Effect effect)
      throws Refusal, IOException {
    put(store, "other", "untouched");
    FaultyStore faulty = new FaultyStore(store, call, effect);
    boolean acknowledged = false;
    try {
      upload(faulty);
      acknowledged = true;
      assertThat(content(faulty, "folder/a")).contains("first second");
      assertThat(names(faulty, "folder")).containsExactly("a");
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("injected");
    }
    assertThat(content(store, "other")).contains("untouched");
    assertThat(content(store, "folder/a").orElse("first second")).isEqualTo("first second");
    assertThat(content(store, "folder/a").isPresent() || !acknowledged).isTrue();
    return faulty.failed();
  }

  private static void upload(Store store) throws Refusal, IOException {
    try (StagedFile staged = store.stage(path("folder/a"))) {
      long at = 0;
      for (String part : List.of("first", " ", "second")) {
        staged.write(ByteBuffer.wrap(bytes(part)), at);
        at += part.length();
        staged.force();
      }
      staged.publish();
    }
  }

  @ParameterizedTest
  @EnumSource
  void noChangeThatFailsLosesAnything(FaultyStore.Effect effect, @TempDir Path temp)
      throws Exception {
    for (int call = 1; keepsAll(new MemoryStore(), call, effect); call++) {}
    boolean failed = true;
    for (int call = 1; failed; call++) {
      try (FolderStore store =
          FolderStore.open(Files.createDirectory(temp.resolve("share" + call)))) {
        failed = keepsAll(store, call, effect);
      }
    }
  }

  /// Replaces, moves, removes and restores with the given call failing; whether it was reached.
  private static boolean keepsAll(Store store, int call, FaultyStore.Effect effect)
      throws Refusal, IOException {
    put(store, "a", "old");
    FaultyStore faulty = new FaultyStore(store, call, effect);
    try {
      faulty.makeFolder(path("folder"));
      replace(faulty, "a", "new", Existence.PRESENT);
      faulty.move(path("a"), path("folder/b"), Existence.PRESENT);
      faulty.remove(path("folder/b"), Existence.PRESENT);
      OldVersion last = history(faulty, "folder").getFirst();
      faulty.history().restore(last.path(), last.id(), path("back"));
      assertThat(faulty.history().purge(Instant.EPOCH)).isZero();
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("injected");
    }
    List<String> all = new ArrayList<>();
    for (String name : List.of("a", "folder/b", "back")) {
      content(store, name).ifPresent(all::add);
    }
    for (OldVersion old : history(store, "")) {
      store.history().restore(old.path(), old.id(), path("aside/" + old.id()));
      all.add(content(store, "aside/" + old.id()).orElseThrow());
    }
    assertThat(all).contains("old").isSubsetOf("old", "new").doesNotHaveDuplicates();
    assertThat(faulty.failed() || all.contains("new")).isTrue();
    return faulty.failed();
  }
}
